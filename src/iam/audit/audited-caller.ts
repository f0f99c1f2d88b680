// The caller of a request as an audit entry has it: by ids that do not change when names do.
import type { Actor, AuditEvent } from '../../audit/event.ts'
import type { Caller } from '../caller.ts'

/** `accountId` is empty for an anonymous caller: the trail keeps such entries in the server's own account. */
export function auditedCaller(caller: Caller): Pick<AuditEvent, 'accountId' | 'who'> & { actor: Actor } {
  if (caller.kind === 'anonymous') return { accountId: '', who: 'anonymous', actor: { kind: 'anonymous' } }
  const { accountId, arn: who } = caller
  return { accountId, who, actor: actorOf(caller) }
}

function actorOf(caller: Exclude<Caller, { kind: 'anonymous' }>): Actor {
  const { accessKeyId } = caller
  switch (caller.kind) {
    case 'root':
      return { kind: 'root', id: caller.accountId, accessKeyId }
    case 'user':
      return { kind: 'user', id: caller.userId, accessKeyId }
    case 'federated':
      return { kind: 'session', id: caller.userId, accessKeyId, session: caller.sessionId }
    case 'session': {
      const { roleId: id, sessionId: session, sourceIdentity } = caller
      return { kind: 'session', id, accessKeyId, session, sourceIdentity }
    }
  }
}
