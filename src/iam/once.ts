// Records other rooms may make only through here: what is spent once, and floors below which sessions are over.
import { Problem } from '../problem.ts'
import type { Revocation } from '../store/records.ts'
import type { Store } from '../store/store.ts'

/** True for exactly one caller per id, in all processes, until `until` (epoch seconds). */
export const spender =
  (store: Pick<Store, 'create'>) =>
  async (id: string, accountId: string, until: number): Promise<boolean> => {
    try {
      await store.create('spent', { id: `${accountId} ${id}`, accountId, expiresAt: until })
      return true
    } catch (error) {
      if (error instanceof Problem && error.code === 'conflict') return false
      throw error
    }
  }

/** Durable when it returns; of two floors with one id the later stays. */
export const floorKeeper =
  (store: Pick<Store, 'create' | 'update'>) =>
  async (floor: Revocation): Promise<void> => {
    const later = (old: Revocation): Revocation => (old.before >= floor.before ? old : floor)
    for (;;) {
      try {
        return await store.create('revocation', floor)
      } catch (error) {
        if (!(error instanceof Problem) || error.code !== 'conflict') throw error
      }
      try {
        await store.update('revocation', floor.id, later)
        return
      } catch (error) {
        if (!(error instanceof Problem) || error.code !== 'not_found') throw error
      }
    }
  }
