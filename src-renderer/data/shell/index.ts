export { webShell } from './web-shell.ts'
