declare module 'pouchdb-adapter-idb'
declare module 'pouchdb-adapter-http'
declare module 'pouchdb-replication'
declare module 'transform-pouch'
