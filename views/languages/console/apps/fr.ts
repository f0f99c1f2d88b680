// The messages of Apps in French.
export const apps = {} as const
