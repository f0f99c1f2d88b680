// oidc-provider moves a session to a new id by destroying the one record and writing another; between the two, and for
// other requests of the same browser, the session is gone. Here the session stays and the old id is left.
import type { Provider } from 'oidc-provider'
import type { Shelf } from './adapter.ts'

interface MovingSession {
  oldId: string | undefined
  save(ttl: number): Promise<string>
}

export function leaveOldIds(provider: Provider, shelf: Pick<Shelf, 'leaveSessionId'>): void {
  const model = provider.Session.prototype as unknown as MovingSession
  const save = model.save
  model.save = async function (this: MovingSession, ttl) {
    const { oldId } = this
    if (oldId !== undefined) {
      // First: who planted the old id must never be in a session that somebody signed in to.
      await shelf.leaveSessionId(oldId)
      this.oldId = undefined
    }
    return save.call(this, ttl)
  }
}
