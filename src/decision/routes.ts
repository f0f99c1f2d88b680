// The API for services: the signing keys, policies and revocations with which they verify and decide by themselves
// (src/verify is the client), and decisions for those that do not (AuthZEN). This folder defines the endpoints; signatures,
// sessions, records and the engine are passed in as ports (ports.ts). Every call is authorized with a `decision:…` action
// on `arn:aws:decision::<account>:…`.
import type { Authenticate as AuthenticateSigned } from '../sts/authentication/authenticate.ts'
import type { Route } from '../web/route.ts'
import { type AuthzenPorts, authzenRoutes } from './authzen-routes.ts'
import { type FilterPorts, filterRows } from './filter.ts'
import { type PoliciesPorts, policies } from './policies.ts'
import type { AuthenticateBasic } from './ports.ts'
import { type RevocationPorts, revocationFeed } from './revocations.ts'
import { liftRevocation, type RevokePorts, revoke } from './revoke.ts'
import { authenticateSigned } from './signed.ts'
import { type SigningKeyPorts, signingKey } from './signing-key.ts'

type EveryPort = SigningKeyPorts & PoliciesPorts & RevocationPorts & RevokePorts & AuthzenPorts & FilterPorts

export interface DecisionPorts extends Omit<EveryPort, 'authenticate'> {
  readonly authenticate: AuthenticateSigned
  readonly authenticateBasic?: AuthenticateBasic | undefined
}

export function decisionRoutes(given: DecisionPorts): readonly Route[] {
  const authenticate = authenticateSigned(given.authenticate, given.clock, given.authenticateBasic)
  const ports: EveryPort = { ...given, authenticate }
  return [
    { method: 'POST', path: '/v1/signing-key', access: 'signed', run: signingKey(ports) },
    { method: 'GET', path: '/v1/policies', access: 'signed', run: policies(ports) },
    { method: 'GET', path: '/v1/revocations', access: 'signed', run: revocationFeed(ports) },
    { method: 'POST', path: '/v1/revocations', access: 'signed', run: revoke(ports) },
    { method: 'DELETE', path: '/v1/revocations', access: 'signed', run: liftRevocation(ports) },
    { method: 'POST', path: '/v1/filter', access: 'signed', run: filterRows(ports) },
    ...authzenRoutes(ports),
  ]
}
