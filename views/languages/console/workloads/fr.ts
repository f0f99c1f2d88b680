// The messages of Workloads in French.
export const workloads = {} as const
