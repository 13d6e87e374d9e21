export type { ElementFault, Engine, GroupName } from './engine.ts'
export { type EngineOptions, engineOf, isGroupName } from './groups.ts'
export type { ModExp } from './modp.ts'
export { modExpWindows } from './modp.ts'
