// What downstream services ask of us: the signing keys, policies and revocations with which they verify and decide by
// themselves (src/verify is their side of it), and decisions for those that do not (AuthZEN). Owns these surfaces' words and
// rules; signatures, sessions, records and the engine arrive as ports (ports.ts). Every call is authorised with
// `decision:…` actions on `arn:aws:decision::<account>:…` by the same engine as everything else.
import type { Route } from '../web/route.ts'
import { type PoliciesPorts, policies } from './policies.ts'
import { type RevocationPorts, revocationFeed } from './revocations.ts'
import { type RevokePorts, revoke } from './revoke.ts'
import { type SigningKeyPorts, signingKey } from './signing-key.ts'

export type DecisionPorts = SigningKeyPorts & PoliciesPorts & RevocationPorts & RevokePorts

export const decisionRoutes = (ports: DecisionPorts): readonly Route[] => [
  { method: 'POST', path: '/v1/signing-key', access: 'signed', run: signingKey(ports) },
  { method: 'GET', path: '/v1/policies', access: 'signed', run: policies(ports) },
  { method: 'GET', path: '/v1/revocations', access: 'signed', run: revocationFeed(ports) },
  { method: 'POST', path: '/v1/revocations', access: 'signed', run: revoke(ports) },
]
