/**
 * Options of lru-cache for a cache that takes memory as it fills. With `max` it allocates all entries when it is made, 0.2 MB for
 * 10,000, and a server has some twenty caches. By size it grows with what it holds, and is as fast.
 * @param most entries; beyond that the least recently used is removed
 */
export const atMost = (most: number) => ({ maxSize: most, sizeCalculation: () => 1 })
