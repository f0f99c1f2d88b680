// Texts of the policy engine in German that the editor's page shows while somebody types. `{name}` stands for any text, or for what
// kinds.ts says.
export const engine = {} as const
