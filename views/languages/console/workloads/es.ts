// The messages of Workloads in Spanish.
export const workloads = {} as const
