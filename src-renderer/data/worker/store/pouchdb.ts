import PouchDB from 'pouchdb-core'
import http from 'pouchdb-adapter-http'
// Not `indexeddb`: that adapter lost writes with two windows open.
import idb from 'pouchdb-adapter-idb'
import replication from 'pouchdb-replication'
import transform from 'transform-pouch'

PouchDB.plugin(idb).plugin(http).plugin(replication).plugin(transform)

export { PouchDB }
export type { Database, Replication, Row } from 'pouchdb-core'
