// The table of ways in: each row is a way to get a session, or to authenticate with a token of another issuer; each column is a
// check (gate.ts). This table is what runs. `checkedBy` and `notApplicable` say why a cell has no function here. The grants of
// oidc-provider have their rows in oidc/grant-checks.ts. docs/ways-in.md is printed from both.
import type { WayIn } from './gate.ts'
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
  'the cell `audience`: federation/workload/outside-token.ts compares `azp` and `aud`',
)
const clientOfExchange = checkedBy(
  'oidc-provider: the client is looked up, authenticates and has the grant before the request gets here',
)
const mfaOfIssuer = notApplicable(
  'an outside issuer has no device of ours; what it says about factors are claims a trust policy can test',
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
      'no user of ours is behind an outside token; its subject is matched by the trust policy',
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
      'the cell `proof`: only an access token of a person is found, no ID, refresh or logout token',
    ),
    client: clientOfExchange,
    provider: checkedBy(
      'the cell `proof`: the provider the person signed in through is looked up (oidc/exchange/subject.ts)',
    ),
    holder: personChecks.holder,
    times: checkedBy('the cell `proof`: a token past its end is not found (oidc/exchange/subject.ts)'),
    audience: personChecks.audience,
    azp: checkedBy('the cell `audience`: the client a token was issued to is the one that may exchange it'),
    proof: personChecks.proof,
    user: personChecks.user,
    session: personChecks.session,
    may_act: notApplicable('our access tokens name no actors; who may exchange one is checked by `audience`'),
    mfa: checkedBy('the cell `role`: the factors of the sign-in are condition keys of the trust policy'),
    role: personChecks.role,
    width: personChecks.width,
    once: notApplicable(
      'an access token may be exchanged again until it ends; every exchange is checked anew',
    ),
  },
}

const session: WayIn<SessionAttempt> = {
  throttle: 'refusals-per-address',
  checks: {
    sizes: sessionChecks.sizes,
    type: checkedBy(
      'exchange.ts, before the way in is chosen: a signed session is refused; `proof` wants at+jwt',
    ),
    client: clientOfExchange,
    provider: sessionChecks.provider,
    holder: sessionChecks.holder,
    times: checkedBy('the cell `proof`: secure/session-token.ts checks nbf, iat and exp without leeway'),
    audience: sessionChecks.audience,
    azp: checkedBy('the cell `audience`: `client_id` or `aud` must be the client that brings the session'),
    proof: sessionChecks.proof,
    user: sessionChecks.user,
    session: sessionChecks.session,
    may_act: notApplicable('sessions name no future actors; who acted before is kept in `act`'),
    mfa: checkedBy('the cell `role`: the factors of the session are condition keys of the trust policy'),
    role: sessionChecks.role,
    width: sessionChecks.width,
    once: notApplicable('a session may be exchanged again until it ends; every exchange is checked anew'),
  },
}

const signature = (what: string) => checkedBy(`sts/authenticate.ts, before the action: ${what}`)

/** Every way in of this folder by its name. */
export const waysIn = {
  AssumeRole: {
    throttle: notApplicable('a caller who has signed is known; each refusal stays on record'),
    checks: {
      sizes: signedChecks.sizes,
      type: signature('a session token must be of the type sts+jwt'),
      client: notApplicable('no OAuth client takes part'),
      provider: signedChecks.provider,
      holder: signature('a session token comes with a signature by the secret of its own access key'),
      times: signature('the date of the signature is within 15 minutes, and the session has not ended'),
      audience: signature('the credential scope must name the service sts'),
      azp: notApplicable('no token of another party takes part'),
      proof: signature('SigV4 or SigV4A over the whole request'),
      user: signedChecks.user,
      session: signedChecks.session,
      may_act: notApplicable(
        'sessions of ours name no future actors; the trust policy says who may assume the role',
      ),
      mfa: signedChecks.mfa,
      role: signedChecks.role,
      width: signedChecks.width,
      once: notApplicable(
        'a signed request that is repeated within its minutes gives its own caller another session; codes are spent by `mfa`',
      ),
    },
  } satisfies WayIn<SignedAttempt>,

  GetSessionToken: {
    throttle: notApplicable('a caller who has signed is known; each refusal stays on record'),
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
      may_act: notApplicable('a user acts for themselves; no token that names actors takes part'),
      mfa: sessionTokenChecks.mfa,
      role: notApplicable('no role is assumed: the session has the permissions of its user'),
      width: checkedBy('the cell `sizes`: the session has the permissions of its user for at most 36 hours'),
      once: notApplicable(
        'a signed request that is repeated within its minutes gives its own caller another session; codes are spent by `mfa`',
      ),
    },
  } satisfies WayIn<SessionTokenAttempt>,

  GetScopedCredentials: {
    throttle: notApplicable('a caller who has signed is known; each refusal stays on record'),
    checks: {
      sizes: scopedChecks.sizes,
      type: scopedChecks.type,
      client: notApplicable('no OAuth client takes part'),
      provider: scopedChecks.provider,
      holder: signature('a session token comes with a signature by the secret of its own access key'),
      times: signature('the date of the signature is within 15 minutes, and the session has not ended'),
      audience: signature('the credential scope must name the service sts'),
      azp: notApplicable('no token of another party takes part'),
      proof: signature('SigV4 or SigV4A over the whole request'),
      user: scopedChecks.user,
      session: scopedChecks.session,
      may_act: notApplicable('the session stays what it is; it names no future actors'),
      mfa: notApplicable('the factors of the calling session are kept; no other device is asked'),
      role: scopedChecks.role,
      width: scopedChecks.width,
      once: notApplicable('a session may be narrowed as often as it likes until it ends'),
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
      user: notApplicable(
        'no user of ours is behind an outside token; its subject is matched by the trust policy',
      ),
      session: outsideChecks.session,
      may_act: outsideChecks.mayAct,
      mfa: mfaOfIssuer,
      role: outsideChecks.role,
      width: checkedBy(
        'the cell `role`: lifetime and session policies are bounded when the session is decided',
      ),
      once: outsideChecks.once,
    },
  } satisfies WayIn<OutsideAttempt>,

  AssumeRoleWithSAML: {
    throttle: 'refusals-per-address',
    checks: {
      sizes: samlChecks.sizes,
      type: checkedBy('the cell `proof`: only a Response with one Assertion is read (federation/saml)'),
      client: notApplicable('no OAuth client takes part'),
      provider: samlChecks.provider,
      holder: checkedBy(
        'the cell `proof`: only SubjectConfirmation bearer is taken (federation/saml/assertion.ts)',
      ),
      times: checkedBy(
        'the cell `proof`: NotBefore, NotOnOrAfter and IssueInstant (federation/saml/assertion.ts)',
      ),
      audience: checkedBy(
        'the cell `proof`: Audience and Recipient must be ours (federation/saml/assertion.ts)',
      ),
      azp: notApplicable('an assertion names no authorized party; Recipient and Audience are exact'),
      proof: samlChecks.proof,
      user: notApplicable(
        'no user of ours is behind an assertion; its subject is matched by the trust policy',
      ),
      session: samlChecks.session,
      may_act: notApplicable('an assertion has no claim that names actors'),
      mfa: mfaOfIssuer,
      role: samlChecks.role,
      width: checkedBy(
        'the cell `role`: lifetime and session policies are bounded when the session is decided',
      ),
      once: samlChecks.once,
    },
  } satisfies WayIn<SamlAttempt>,

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
        'oidc/clients/workload.ts: only a client whose entry names a workload takes its token',
      ),
      provider: workloadClientChecks.provider,
      holder: workloadClientChecks.holder,
      times: workloadClientChecks.times,
      audience: workloadClientChecks.audience,
      azp: azpOfOutsideTokens,
      proof: workloadClientChecks.proof,
      user: notApplicable(
        'no user of ours is behind an outside token; `role` compares its subject with the entry',
      ),
      session: notApplicable('a client is authenticated here; no session is made'),
      may_act: workloadClientChecks.mayAct,
      mfa: mfaOfIssuer,
      role: workloadClientChecks.role,
      width: notApplicable('a client is authenticated here; what it may ask for is checked by its grant'),
      once: workloadClientChecks.once,
    },
  } satisfies WayIn<WorkloadClientAttempt>,
} as const
