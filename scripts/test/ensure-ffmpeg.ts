import { findFfmpeg } from '../ffmpeg.ts'
import { runs } from './steps.ts'

/**
 * Makes sure that there is an ffmpeg, which decodes in tests what is transmitted; as root on Debian it installs the
 * package. Where it may not, says so, and the tests that need it are counted as skipped.
 */
export function ensureFfmpeg(): void {
  if (findFfmpeg()) return
  if (process.getuid?.() === 0 && runs('apt-get', 'update')) {
    runs('apt-get', 'install', '--yes', '--no-install-recommends', 'ffmpeg')
    if (findFfmpeg()) return
  }
  console.error('There is no ffmpeg: tests that decode what is transmitted are skipped. apt-get install ffmpeg helps.')
}
