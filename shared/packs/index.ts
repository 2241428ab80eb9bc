export { boundsOf, sortKey, type Bounds } from './bounds.ts'
export { documentToRecord } from './document.ts'
export { readPack, writePack, type Pack, type PackSection } from './pack.ts'
export { indexedFrom, type Indexed } from './titles.ts'
