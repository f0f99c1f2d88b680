// The messages of Workloads in German.
export const workloads = {} as const
