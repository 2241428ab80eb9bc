/** Who may import whom. A layer that the build checks holds; see ARCHITECTURE.md. */
const only = (name, from, to, comment, more = {}) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: '\\.(test|suite|arbitrary)\\.ts$', ...more },
  to,
})
const service = '^src-main/hub/([^/]+)/'

module.exports = {
  forbidden: [
    only(
      'no-cycles',
      '^(shared|src-main|src-renderer)/',
      { circular: true },
      'Files must not import each other in a circle.',
    ),
    only(
      'shared-is-pure',
      '^shared/',
      { pathNot: '^shared/|^node_modules/valibot/' },
      'shared/ imports only shared/ and valibot.',
    ),
    only(
      'oparl-is-lowest',
      '^shared/oparl/',
      { path: '^shared/(council|rules|sync|hub-api|ipc|ports|i18n)/' },
      'oparl < council < rules < sync',
    ),
    only(
      'council-below-rules',
      '^shared/council/',
      { path: '^shared/(rules|sync|hub-api|ipc|ports|i18n)/' },
      'oparl < council < rules < sync',
    ),
    only(
      'rules-below-sync',
      '^shared/rules/(?!minutes/)',
      { path: '^shared/(sync|hub-api|ipc|ports(?!/signing\\.ts)|i18n)/' },
      'oparl < council < rules < sync; checking a log asks for signatures.',
    ),
    only(
      'minutes-are-words',
      '^shared/rules/minutes/',
      { path: '^shared/(sync|hub-api|ipc|ports)/' },
      'Minutes are made of rules and messages.',
    ),
    only(
      'rules-without-minutes',
      '^shared/(rules/(?!minutes/)|i18n/)',
      { path: '^shared/rules/minutes/' },
      'Rules and messages do not know of the minutes.',
    ),
    only(
      'hub-and-shell-apart',
      '^src-main/hub/',
      { path: '^src-main/shell/|^node_modules/electron/' },
      'The hub runs without Electron.',
    ),
    only(
      'shell-and-hub-apart',
      '^src-main/shell/',
      { path: '^src-main/hub/' },
      'The shell starts a hub as a process, it does not import it.',
    ),
    only('main-sees-no-renderer', '^src-main/', { path: '^src-renderer/' }, 'Hosts know nothing of screens.'),
    only(
      'services-meet-in-main',
      service,
      { path: service, pathNot: '^src-main/hub/$1/' },
      'Hub services meet only in main.ts.',
    ),
    only(
      'renderer-is-a-web-page',
      '^src-renderer/',
      { path: '^src-main/|^node_modules/electron/|^node:', dependencyTypesNot: ['type-only'] },
      'Screens run in any browser.',
    ),
    only(
      'ui-knows-no-council',
      '^src-renderer/ui/',
      { path: '^src-renderer/(apps|features|data)/|^shared/(?!i18n/|calendar-day[.]ts)' },
      'Widgets know no council word.',
    ),
    only(
      'data-below-features',
      '^src-renderer/data/',
      { path: '^src-renderer/(apps|features|ui)/' },
      'Adapters know no screen.',
    ),
    only(
      'features-by-their-door',
      '^src-renderer/features/([^/]+)/',
      { path: '^src-renderer/features/([^/]+)/', pathNot: '^src-renderer/features/($1/|[^/]+/index\\.ts$)' },
      'Another feature only by its index.ts.',
    ),
    only(
      'public-screen-without-data',
      '^src-renderer/(apps/screen|features/public-screen)/',
      { path: '^src-renderer/data/' },
      'A second display knows nobody who is signed in.',
    ),
    only('features-below-apps', '^src-renderer/features/', { path: '^src-renderer/apps/' }, 'Apps compose features.'),
    only(
      'one-owner-pouchdb',
      '^(src-renderer/(?!data/worker/)|src-main/(?!hub/store/))',
      { path: '^node_modules/pouchdb' },
      'PouchDB lives in data/worker and hub/store.',
    ),
    only(
      'one-owner-sqlite',
      '^src-main/hub/(?!store/|accounts/)',
      { path: '^node:sqlite$' },
      'Databases live in hub/store and hub/accounts.',
    ),
    only(
      'one-owner-yjs',
      '^(shared|scripts|src-renderer/(?!data/yjs/|features/shared-text/)|src-main/(?!hub/(texts|boards)/))',
      { path: '^node_modules/(yjs|y-prosemirror|@tiptap)/' },
      'Texts that several people write live in data/yjs, features/shared-text, hub/texts and hub/boards.',
    ),
    {
      name: 'no-unlisted-package',
      severity: 'error',
      from: { path: '^(shared|src-main|src-renderer|scripts)/' },
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(compiled|out|dist)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.node.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['svelte', 'import', 'node', 'default'],
      extensions: ['.ts', '.js', '.svelte'],
    },
  },
}
