// What the metrics read of the server that serves now.

import type { Infrastructure } from '../infrastructure.ts'
import type { AuditBackground } from './audit-background.ts'
import type { Observability } from './observability.ts'
import { servedCertificate } from './served-certificate.ts'

/** Lets the metrics read the queues, keys and certificate of the server that serves now. */
export function readGauges(
  { metrics }: Observability,
  { config, hasher, keyRing, trail, mailer }: Infrastructure,
  logout: { readonly sending: number },
  forwarding: Pick<AuditBackground, 'states'>,
): void {
  metrics?.read({
    passwordQueue: () => hasher.load,
    auditPending: () => trail.pending,
    auditForwarding: forwarding.states,
    outboxes: {
      logout: { sending: () => logout.sending },
      mail: { sending: () => mailer.outbox.sending, waiting: () => mailer.outbox.waiting },
    },
    signingKeys: () => keyRing.current(),
    certificate: () => servedCertificate(config.tls),
  })
}
