// The second door of this feature: its words alone, for commands, which have no database.
export { assumptionWords, refusalView, type RouteView } from './refusal-view.ts'
