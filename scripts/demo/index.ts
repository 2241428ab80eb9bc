export { loadDemo, type LoadProgress } from './load.ts'
export { isProfileName, profiles, type Profile, type ProfileName } from './profile.ts'
export { makeTown, type DemoAccount, type DemoTown } from './town/town.ts'
