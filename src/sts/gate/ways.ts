// The table of ways in: each row is one way to get a session, or to authenticate with a token of an outside issuer; each column is a
// check (gate.ts). `gate` runs this table. `checkedBy` and `notApplicable` say why a cell has no function. The grants of oidc-provider
// have their rows in oidc/grant-checks.ts, and docs/ways-in.md is printed from both.

import type { WayIn } from '../gate.ts'
import { type FederationTokenAttempt, federationTokenChecks } from './federation-token.ts'
import { type LdapAttempt, ldapChecks } from './ldap.ts'
import { type OutsideAttempt, outsideChecks } from './outside.ts'
import { type OutsideExchangeAttempt, outsideExchangeChecks } from './outside-exchange.ts'
import {
  type ScopedAttempt,
  type SessionTokenAttempt,
  scopedChecks,
  sessionTokenChecks,
} from './own-session.ts'
import { type PersonAttempt, personChecks, type SessionAttempt, sessionChecks } from './own-tokens.ts'
import { type SamlAttempt, samlChecks } from './saml.ts'
import { type SignedAttempt, signedChecks } from './signed.ts'
import { type WorkloadClientAttempt, workloadClientChecks } from './workload-client.ts'

const notApplicable = (why: string) => ({ notApplicable: why })
const checkedBy = (what: string) => ({ checkedBy: what })

const azpOfOutsideTokens = checkedBy(
  'the check `audience`: federation/workload/outside-token.ts compares `azp` and `aud`',
)
const clientOfExchange = checkedBy(
  'oidc-provider, before this table runs: the client exists, is authenticated and may use the grant',
)
const mfaOfIssuer = notApplicable(
  'subjects of an outside issuer have no MFA device here; a trust policy can test what its claims say about factors',
)

const outside: WayIn<OutsideExchangeAttempt> = {
  throttle: 'refusals-per-address',
  checks: {
    sizes: outsideExchangeChecks.sizes,
    type: outsideExchangeChecks.type,
    client: clientOfExchange,
    provider: outsideExchangeChecks.provider,
    holder: outsideExchangeChecks.holder,
    times: outsideExchangeChecks.times,
    audience: outsideExchangeChecks.audience,
    azp: azpOfOutsideTokens,
    proof: outsideExchangeChecks.proof,
    user: notApplicable(
      'the subject of an outside token is no user of this server; the trust policy matches it',
    ),
    session: outsideExchangeChecks.session,
    may_act: outsideExchangeChecks.mayAct,
    mfa: mfaOfIssuer,
    role: outsideExchangeChecks.role,
    width: outsideExchangeChecks.width,
    once: outsideExchangeChecks.once,
  },
}

const person: WayIn<PersonAttempt> = {
  throttle: 'refusals-per-address',
  checks: {
    sizes: personChecks.sizes,
    type: checkedBy(
      'the check `proof`: only the access token of a user is looked up, no ID, refresh or logout token',
    ),
    client: clientOfExchange,
    provider: checkedBy(
      'the check `proof`: the provider that the user signed in with is looked up (oidc/exchange/subject.ts)',
    ),
    holder: personChecks.holder,
    times: checkedBy('the check `proof`: an expired token is not found (oidc/exchange/subject.ts)'),
    audience: personChecks.audience,
    azp: checkedBy('the check `audience`: a token may be exchanged by the client that it was issued to'),
    proof: personChecks.proof,
    user: personChecks.user,
    session: personChecks.session,
    may_act: notApplicable(
      'access tokens of this server have no `may_act`; `audience` checks who may exchange one',
    ),
    mfa: checkedBy('the check `role`: the factors of the sign-in are condition keys of the trust policy'),
    role: personChecks.role,
    width: personChecks.width,
    once: notApplicable(
      'an access token may be exchanged again until it expires; each exchange runs all checks',
    ),
  },
}

const session: WayIn<SessionAttempt> = {
  throttle: 'refusals-per-address',
  checks: {
    sizes: sessionChecks.sizes,
    type: checkedBy(
      'sts/operation/exchange.ts, before the way in is chosen: session tokens for SigV4 are refused; `proof` requires at+jwt',
    ),
    client: clientOfExchange,
    provider: sessionChecks.provider,
    holder: sessionChecks.holder,
    times: checkedBy(
      'the check `proof`: secure/session/session-token.ts checks nbf, iat and exp without leeway',
    ),
    audience: sessionChecks.audience,
    azp: checkedBy('the check `audience`: `client_id` or `aud` must be the client that presents the session'),
    proof: sessionChecks.proof,
    user: sessionChecks.user,
    session: sessionChecks.session,
    may_act: notApplicable('sessions have no `may_act`; earlier actors are kept in `act`'),
    mfa: checkedBy('the check `role`: the factors of the session are condition keys of the trust policy'),
    role: sessionChecks.role,
    width: sessionChecks.width,
    once: notApplicable('a session may be exchanged again until it expires; each exchange runs all checks'),
  },
}

const signature = (what: string) =>
  checkedBy(`sts/authentication/authenticate.ts, before the action: ${what}`)

const browserSession = (what: string) => checkedBy(`oidc/session/sessions.ts, before the action: ${what}`)

/** The rows of sts/ by their names. */
export const waysIn = {
  AssumeRole: {
    throttle: notApplicable('callers are authenticated by their signature; each refusal is recorded'),
    checks: {
      sizes: signedChecks.sizes,
      type: signature('a session token must be of the type sts+jwt'),
      client: notApplicable('no OAuth client takes part'),
      provider: signedChecks.provider,
      holder: signature('a session token is presented with a signature by the secret of its own access key'),
      times: signature('the date of the signature is within 15 minutes, and the session has not expired'),
      audience: signature('the credential scope must name the service sts'),
      azp: notApplicable('no token of another party takes part'),
      proof: signature('SigV4 or SigV4A over the whole request'),
      user: signedChecks.user,
      session: signedChecks.session,
      may_act: notApplicable('sessions have no `may_act`; the trust policy says who may assume the role'),
      mfa: signedChecks.mfa,
      role: signedChecks.role,
      width: signedChecks.width,
      once: notApplicable(
        'a signed request repeated within 15 minutes gives the same caller another session; `mfa` marks codes as used',
      ),
    },
  } satisfies WayIn<SignedAttempt>,

  'AssumeRole:sign-in': {
    throttle: notApplicable('callers are signed in to a browser; each refusal is recorded'),
    checks: {
      sizes: signedChecks.sizes,
      type: browserSession(
        'the cookie is looked up as the id of a browser session, and no token has such an id',
      ),
      client: notApplicable('no OAuth client takes part'),
      provider: browserSession('nobody is signed in whose identity provider was disabled'),
      holder: notApplicable('the cookie of a browser session is not bound to a key'),
      times: browserSession('a browser session past its end is not found'),
      audience: checkedBy(
        'web/request/forgery.ts, before the action: the form has a token of this server that is bound to the browser',
      ),
      azp: notApplicable('no token of another party takes part'),
      proof: browserSession('the cookie is the id of a browser session that has not ended'),
      user: signedChecks.user,
      session: notApplicable('the form takes no session policy, tags or source identity'),
      may_act: notApplicable('the person acts for themselves; no token with `may_act` takes part'),
      mfa: checkedBy('the check `role`: the factors of the sign-in are condition keys of the trust policy'),
      role: signedChecks.role,
      width: signedChecks.width,
      once: notApplicable('credentials may be requested again; each request runs all checks'),
    },
  } satisfies WayIn<SignedAttempt>,

  GetSessionToken: {
    throttle: notApplicable('callers are authenticated by their signature; each refusal is recorded'),
    checks: {
      sizes: sessionTokenChecks.sizes,
      type: sessionTokenChecks.type,
      client: notApplicable('no OAuth client takes part'),
      provider: notApplicable('the caller is a user with an access key; no identity provider takes part'),
      holder: signature('the request is signed by the secret of the access key'),
      times: signature('the date of the signature is within 15 minutes'),
      audience: signature('the credential scope must name the service sts'),
      azp: notApplicable('no token of another party takes part'),
      proof: signature('SigV4 or SigV4A over the whole request'),
      user: sessionTokenChecks.user,
      session: notApplicable('the session has no policies, tags or source identity of its own'),
      may_act: notApplicable('users act for themselves; no token with `may_act` takes part'),
      mfa: sessionTokenChecks.mfa,
      role: notApplicable('no role is assumed: the session has the permissions of its user'),
      width: checkedBy('the check `sizes`: the session has the permissions of its user for at most 36 hours'),
      once: notApplicable(
        'a signed request repeated within 15 minutes gives the same caller another session; `mfa` marks codes as used',
      ),
    },
  } satisfies WayIn<SessionTokenAttempt>,

  GetFederationToken: {
    throttle: notApplicable('callers are authenticated by their signature; each refusal is recorded'),
    checks: {
      sizes: federationTokenChecks.sizes,
      type: federationTokenChecks.type,
      client: notApplicable('no OAuth client takes part'),
      provider: notApplicable('the caller is a user with an access key; no identity provider takes part'),
      holder: signature('the request is signed by the secret of the access key'),
      times: signature('the date of the signature is within 15 minutes'),
      audience: signature('the credential scope must name the service sts'),
      azp: notApplicable('no token of another party takes part'),
      proof: signature('SigV4 or SigV4A over the whole request'),
      user: federationTokenChecks.user,
      session: federationTokenChecks.session,
      may_act: notApplicable('users act for themselves; no token with `may_act` takes part'),
      mfa: notApplicable('the operation has no MFA parameters; a policy can require MFA of the user'),
      role: federationTokenChecks.role,
      width: checkedBy(
        'the check `sizes`, and the policy engine: the session is limited by the user and by its own policies',
      ),
      once: notApplicable(
        'a signed request repeated within 15 minutes gives the same caller another session',
      ),
    },
  } satisfies WayIn<FederationTokenAttempt>,

  GetScopedCredentials: {
    throttle: notApplicable('callers are authenticated by their signature; each refusal is recorded'),
    checks: {
      sizes: scopedChecks.sizes,
      type: scopedChecks.type,
      client: notApplicable('no OAuth client takes part'),
      provider: scopedChecks.provider,
      holder: signature('a session token is presented with a signature by the secret of its own access key'),
      times: signature('the date of the signature is within 15 minutes, and the session has not expired'),
      audience: signature('the credential scope must name the service sts'),
      azp: notApplicable('no token of another party takes part'),
      proof: signature('SigV4 or SigV4A over the whole request'),
      user: scopedChecks.user,
      session: scopedChecks.session,
      may_act: notApplicable('the session stays the same; it has no `may_act`'),
      mfa: notApplicable('the factors of the calling session are kept; no MFA code is accepted'),
      role: scopedChecks.role,
      width: scopedChecks.width,
      once: notApplicable('a session may be narrowed repeatedly until it expires'),
    },
  } satisfies WayIn<ScopedAttempt>,

  AssumeRoleWithWebIdentity: {
    throttle: 'refusals-per-address',
    checks: {
      sizes: outsideChecks.sizes,
      type: outsideChecks.type,
      client: notApplicable('no OAuth client takes part'),
      provider: outsideChecks.provider,
      holder: outsideChecks.holder,
      times: outsideChecks.times,
      audience: outsideChecks.audience,
      azp: azpOfOutsideTokens,
      proof: outsideChecks.proof,
      user: outsideChecks.user,
      session: outsideChecks.session,
      may_act: outsideChecks.mayAct,
      mfa: mfaOfIssuer,
      role: outsideChecks.role,
      width: checkedBy(
        'the check `role`: lifetime and session policies are limited when the session is decided',
      ),
      once: outsideChecks.once,
    },
  } satisfies WayIn<OutsideAttempt>,

  AssumeRoleWithSAML: {
    throttle: 'refusals-per-address',
    checks: {
      sizes: samlChecks.sizes,
      type: checkedBy('the check `proof`: only a Response with one Assertion is accepted (federation/saml)'),
      client: notApplicable('no OAuth client takes part'),
      provider: samlChecks.provider,
      holder: checkedBy(
        'the check `proof`: only SubjectConfirmation bearer is accepted (federation/saml/assertion.ts)',
      ),
      times: checkedBy(
        'the check `proof`: NotBefore, NotOnOrAfter and IssueInstant (federation/saml/assertion.ts)',
      ),
      audience: checkedBy(
        'the check `proof`: Audience and Recipient must be this server (federation/saml/assertion.ts)',
      ),
      azp: notApplicable('an assertion has no authorized party; Recipient and Audience are compared exactly'),
      proof: samlChecks.proof,
      user: notApplicable(
        'the subject of an assertion is no user of this server; the trust policy matches it',
      ),
      session: samlChecks.session,
      may_act: notApplicable('an assertion has no counterpart of `may_act`'),
      mfa: mfaOfIssuer,
      role: samlChecks.role,
      width: checkedBy(
        'the check `role`: lifetime and session policies are limited when the session is decided',
      ),
      once: samlChecks.once,
    },
  } satisfies WayIn<SamlAttempt>,

  AssumeRoleWithLDAPIdentity: {
    throttle: 'refusals-per-address',
    checks: {
      sizes: ldapChecks.sizes,
      type: notApplicable('a name and a password are presented, no token'),
      client: notApplicable('no OAuth client takes part'),
      provider: ldapChecks.provider,
      holder: notApplicable('a password is not bound to a key'),
      times: notApplicable('a password has no times of its own; the directory refuses one that has expired'),
      audience: notApplicable(
        'a password names no audience; it is sent to the directory of the role account only',
      ),
      azp: notApplicable('no token of another party takes part'),
      proof: ldapChecks.proof,
      user: checkedBy('the check `proof`: the directory refuses users that are locked or have expired'),
      session: ldapChecks.session,
      may_act: notApplicable('a password has no counterpart of `may_act`'),
      mfa: notApplicable('users of a directory have no MFA device here'),
      role: ldapChecks.role,
      width: checkedBy(
        'the check `role`: lifetime and session policies are limited when the session is decided',
      ),
      once: notApplicable('a password may be used again; attempts are throttled like those at sign-in'),
    },
  } satisfies WayIn<LdapAttempt>,

  'token-exchange:outside': outside,
  'token-exchange:person': person,
  'token-exchange:session': session,
  'jwt-bearer:outside': outside,
  'jwt-bearer:person': person,
  'jwt-bearer:session': session,

  'client-assertion:workload': {
    throttle: 'refusals-per-address',
    checks: {
      sizes: workloadClientChecks.sizes,
      type: workloadClientChecks.type,
      client: checkedBy(
        'oidc/clients/workload.ts: only a client whose entry names a workload accepts its token',
      ),
      provider: workloadClientChecks.provider,
      holder: workloadClientChecks.holder,
      times: workloadClientChecks.times,
      audience: workloadClientChecks.audience,
      azp: azpOfOutsideTokens,
      proof: workloadClientChecks.proof,
      user: notApplicable(
        'the subject of an outside token is no user of this server; `role` compares it with the entry',
      ),
      session: notApplicable('a client is authenticated here; no session is made'),
      may_act: workloadClientChecks.mayAct,
      mfa: mfaOfIssuer,
      role: workloadClientChecks.role,
      width: notApplicable('a client is authenticated here; its grant checks what it may request'),
      once: workloadClientChecks.once,
    },
  } satisfies WayIn<WorkloadClientAttempt>,
} as const
