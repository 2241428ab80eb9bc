/** What lies below the speech that runs. */
export type StageTab = 'speakers' | 'votes' | 'times' | 'notes'
