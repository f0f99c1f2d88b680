// What the values of texts of the policy engine are (views/templates.ts), in every language alike.
export const engineKinds: ReadonlyMap<string, string> = new Map()
