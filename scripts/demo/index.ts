export { loadDemo, type LoadProgress } from './load.ts'
export { profiles, type Profile, type ProfileName } from './profile.ts'
export { makeTown, type DemoAccount, type DemoTown } from './town/town.ts'
