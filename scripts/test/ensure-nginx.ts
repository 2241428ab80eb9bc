import { findNginx } from '../nginx.ts'
import { runs } from './steps.ts'

/**
 * Makes sure that there is an nginx, with which the example of a cache in front of a hub is tested; as root on Debian it
 * installs the package. Where it may not, says so, and the tests that need it are counted as skipped.
 */
export function ensureNginx(): void {
  if (findNginx() !== undefined) return
  if (process.getuid?.() === 0 && runs('apt-get', 'update')) {
    runs('apt-get', 'install', '--yes', '--no-install-recommends', 'nginx-light')
    if (findNginx() !== undefined) return
  }
  console.error('There is no nginx: its example configuration is not tested. apt-get install nginx-light helps.')
}
