// The messages of Workloads in Japanese.
export const workloads = {} as const
