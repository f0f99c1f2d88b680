// Passkeys of users: options for the browser, enrolment, verification and removal. A challenge is bound to the session that it
// was issued in, and used once. Every attempt is audited. A passkey signs in by itself when it verified the person.
import { Problem } from '../../problem.ts'
import { sha256base64url } from '../../secure/digest.ts'
import {
  type Assertion,
  credentialIdOf,
  passkeyAlgorithms,
  type RelyingParty,
  verifyAssertion,
  verifyNewPasskey,
} from '../../secure/passkey.ts'
import { openChallenge, sealChallenge } from '../../secure/passkey-challenge.ts'
import { createIfAbsent } from '../../store/conditional-writes.ts'
import { type EpochSeconds, type Passkey, serverAccount, type User } from '../../store/records.ts'
import type { Store } from '../../store/store.ts'
import { findEnabledUser } from '../account/enabled-user.ts'
import type { Trail } from '../audit/with-audit.ts'
import { noSuch } from '../messages.ts'
import { signInSettingsOf } from '../password/sign-in-settings.ts'
import { openThrottle, type Throttle } from '../password/throttle.ts'
import { updateRecord } from '../record/update-record.ts'
import { attemptFacts, type RequestOrigin, requestFacts } from '../request-origin.ts'
import { factorName } from './factor-name.ts'
import { isUsable, passkeyFactor, passkeyIdOf, passkeysOf, recordUse } from './passkey-records.ts'
import { enabledDevices } from './totp-devices.ts'
import { removeTrustedBrowsers } from './trusted-browsers.ts'

export interface PasskeysDependencies {
  readonly store: Store
  readonly trail: Trail
  readonly now: () => EpochSeconds
  /** The account of attempts with an unknown passkey, in the audit trail. */
  readonly accountId: string
  /** Undefined when the issuer's host can have no passkeys. */
  readonly party: RelyingParty | undefined
  /** Name of an account's organization, shown by authenticators. */
  readonly issuerName: (accountId: string) => Promise<string>
  /** The first signs challenges. */
  readonly keys: () => readonly Buffer[]
  /** Ends what depends on a passkey. Called before and after its removal. */
  readonly removed: (user: Pick<User, 'id' | 'accountId'>, factor: string) => Promise<void>
}

export interface VerifiedPasskey {
  readonly userId: string
  /** What the sign-in depends on (`passkeyFactor`). */
  readonly factor: string
  readonly userVerified: boolean
}

export interface NewPasskey {
  /** JSON of the browser's response. */
  readonly response: string
  /** What the person calls it. */
  readonly name: string
}

/** Why a passkey was not added. */
export type PasskeyRefusal = 'invalid' | 'not-device-bound'

/** Seconds that a sign-in lasts, and so the challenge on its page. */
const signInChallengeSeconds = 3600
const enrolmentChallengeSeconds = 900
const mostPasskeys = 20

export class Passkeys {
  readonly #deps: PasskeysDependencies
  readonly #throttle: Throttle

  constructor(deps: PasskeysDependencies) {
    this.#deps = deps
    this.#throttle = openThrottle(deps.store)
  }

  /** Undefined for a user who was deleted or is disabled, and where passkeys are refused or cannot exist. */
  async #owner(userId: string): Promise<User | undefined> {
    const user = this.#deps.party && (await findEnabledUser(this.#deps.store, userId))
    if (user === undefined) return undefined
    const { passkeys } = await signInSettingsOf(this.#deps.store, user.accountId)
    return passkeys === 'refused' ? undefined : user
  }

  /** Whether the user may enrol passkeys. */
  async areAllowed(userId: string): Promise<boolean> {
    return (await this.#owner(userId)) !== undefined
  }

  /**
   * `PublicKeyCredentialCreationOptionsJSON` (WebAuthn Level 3 section 5.1.8) as text.
   * @param sessionId of the browser session to which the challenge is bound
   * @throws Problem('denied') where passkeys are refused
   */
  async creationOptions(userId: string, sessionId: string): Promise<string> {
    const { party, issuerName, now } = this.#deps
    const user = await this.#owner(userId)
    if (user === undefined || party === undefined) throw passkeysRefused()
    const known = await passkeysOf(this.#deps.store, userId)
    return JSON.stringify({
      rp: { id: party.id, name: await issuerName(user.accountId) },
      user: {
        id: Buffer.from(user.id).toString('base64url'),
        name: user.name,
        displayName: user.displayName ?? user.name,
      },
      challenge: this.#challenge(enrolment(userId, sessionId), now() + enrolmentChallengeSeconds),
      pubKeyCredParams: passkeyAlgorithms.map((alg) => ({ type: 'public-key', alg })),
      timeout: enrolmentChallengeSeconds * 1000,
      attestation: 'none',
      excludeCredentials: known.map(descriptor),
      authenticatorSelection: {
        residentKey: 'required',
        requireResidentKey: true,
        userVerification: 'required',
      },
    })
  }

  /**
   * Stores a new passkey, unless the response cannot be verified, or the authenticator is not of the kind that the account
   * allows.
   * @throws Problem('denied') where passkeys are refused, Problem('limit_exceeded'), Problem('conflict') for a known passkey
   */
  async add(
    userId: string,
    sessionId: string,
    given: NewPasskey,
    origin: RequestOrigin,
  ): Promise<'added' | PasskeyRefusal> {
    const made = await this.#enrol(userId, sessionId, given, origin)
    return made === 'invalid' || made === 'not-device-bound' ? made : 'added'
  }

  /**
   * The same for a user without a second factor. Of two concurrent first enrolments, of passkeys or authenticators, at most one
   * succeeds.
   * @param uid of the sign-in to which the challenge is bound
   * @returns what the sign-in depends on (`passkeyFactor`)
   */
  async addFirst(
    userId: string,
    uid: string,
    given: NewPasskey,
    origin: RequestOrigin,
  ): Promise<{ readonly factor: string } | PasskeyRefusal | 'not-first'> {
    const isFirst = async (passkey: Passkey): Promise<boolean> => {
      const { store } = this.#deps
      const { passkeys: policy } = await signInSettingsOf(store, passkey.accountId)
      const all = (await passkeysOf(store, userId)).filter((one) => isUsable(one, policy))
      return (await enabledDevices(store, userId)).length === 0 && all.every(({ id }) => id === passkey.id)
    }
    const made = await this.#enrol(userId, uid, given, origin, isFirst)
    return typeof made === 'string' ? made : { factor: passkeyFactor(made) }
  }

  /** @param mayStay whether the passkey stays, once it is stored */
  async #enrol(
    userId: string,
    sessionId: string,
    { response, name }: NewPasskey,
    origin: RequestOrigin,
    mayStay: (passkey: Passkey) => Promise<boolean> = async () => true,
  ): Promise<Passkey | PasskeyRefusal | 'not-first'> {
    const { store, party, now } = this.#deps
    const user = await this.#owner(userId)
    if (user === undefined || party === undefined) throw passkeysRefused()
    const made = await verifyNewPasskey(party, response, (challenge) =>
      this.#isFirstUse(enrolment(userId, sessionId), challenge),
    )
    if ('refused' in made) {
      await this.#record('AddPasskey', user, origin, made.refused)
      return 'invalid'
    }
    const { passkeys: policy } = await signInSettingsOf(store, user.accountId)
    if (policy === 'device-bound' && made.ok.synced) {
      await this.#record('AddPasskey', user, origin, 'not bound to one device')
      return 'not-device-bound'
    }
    if ((await passkeysOf(store, userId)).length >= mostPasskeys)
      throw new Problem('limit_exceeded', `you can have ${mostPasskeys} passkeys; remove one first`)
    const passkey: Passkey = {
      ...made.ok,
      id: passkeyIdOf(made.ok.credentialId),
      accountId: user.accountId,
      userId,
      name: factorName(name, 'Passkey'),
      createdAt: now(),
      lastUsedAt: undefined,
      copiedAt: undefined,
    }
    if (!(await createIfAbsent(store.create('passkey', passkey))))
      throw new Problem('conflict', 'this passkey is in use already')
    if ((await store.get('user', userId)) === undefined) {
      await store.delete('passkey', passkey.id)
      throw noSuch('user', user.name)
    }
    if (!(await mayStay(passkey))) {
      await store.delete('passkey', passkey.id)
      await this.#record('AddPasskey', user, origin, 'another factor was added meanwhile')
      return 'not-first'
    }
    await removeTrustedBrowsers(store, userId)
    await this.#record('AddPasskey', user, origin)
    return passkey
  }

  /**
   * `PublicKeyCredentialRequestOptionsJSON` (section 5.1.8) as text; undefined where there are no passkeys.
   * @param uid of the sign-in to which the challenge is bound
   * @param userId whose passkey is wanted as second factor; undefined for whichever the person chooses
   */
  async requestOptions(uid: string, userId?: string): Promise<string | undefined> {
    const { party, now, store } = this.#deps
    if (party === undefined) return undefined
    const of = userId === undefined ? [] : await passkeysOf(store, userId)
    return JSON.stringify({
      rpId: party.id,
      challenge: this.#challenge(`sign-in ${uid}`, now() + signInChallengeSeconds),
      timeout: signInChallengeSeconds * 1000,
      allowCredentials: of.map(descriptor),
      userVerification: userId === undefined ? 'required' : 'preferred',
    })
  }

  /**
   * Verifies a passkey. Undefined for an unknown, copied or refused one, and for a disabled user, all alike.
   * @param userId the user whose first factor was verified; undefined: the passkey is the first factor, and must have
   *   verified the person
   * @throws Problem('throttled')
   */
  async verify(
    uid: string,
    response: string,
    userId: string | undefined,
    origin: RequestOrigin,
  ): Promise<VerifiedPasskey | undefined> {
    const { store, party, now } = this.#deps
    const credentialId = credentialIdOf(response)
    const passkey = credentialId && (await store.get('passkey', passkeyIdOf(credentialId)))
    const of = passkey ? passkey.userId : `passkey:${origin.ip}`
    const attempt = await this.#throttle.begin('passkey', of, origin.ip, now())
    if (party === undefined || !passkey) {
      await this.#record('CheckPasskey', undefined, origin, 'unknown passkey')
      return undefined
    }
    const user = await this.#owner(passkey.userId)
    const verified = await verifyAssertion(
      party,
      response,
      passkey,
      (challenge) => this.#isFirstUse(`sign-in ${uid}`, challenge),
      userId === undefined,
    )
    const refused =
      'refused' in verified ? verified.refused : await this.#refusalOf(passkey, user, userId, verified.ok)
    if ('refused' in verified || user === undefined || refused !== undefined) {
      await this.#record('CheckPasskey', user, origin, refused ?? 'gone or disabled')
      return undefined
    }
    // In one commit, as a right password (iam/sign-in/credentials.ts).
    await Promise.all([
      attempt.succeeded(),
      this.#throttle.rememberAddress(user.id, origin.ip, now()),
      this.#record('CheckPasskey', user, origin),
    ])
    return { userId: user.id, factor: passkeyFactor(passkey), userVerified: verified.ok.userVerified }
  }

  /** Why a passkey with a valid signature is refused. Stores its use. */
  async #refusalOf(
    passkey: Passkey,
    user: User | undefined,
    wanted: string | undefined,
    assertion: Assertion,
  ): Promise<string | undefined> {
    const { store, now } = this.#deps
    if (user === undefined) return 'gone, disabled, or passkeys are refused'
    if (wanted !== undefined && wanted !== user.id) return 'passkey of another user'
    if (assertion.userHandle !== undefined && assertion.userHandle !== user.id) return 'other user handle'
    const { passkeys: policy } = await signInSettingsOf(store, user.accountId)
    if (passkey.copiedAt !== undefined) return 'the passkey was copied'
    if (!isUsable(passkey, policy)) return 'not bound to one device'
    const isCurrent = await recordUse(store, passkey.id, assertion.counter, now())
    return isCurrent ? undefined : 'the counter went back: the passkey was copied'
  }

  /** Whether a passkey on which a sign-in in progress depends is still there. */
  async isPresent(factor: string): Promise<boolean> {
    const id = factor.slice(factor.lastIndexOf('/passkey-') + '/passkey-'.length)
    const passkey = await this.#deps.store.get('passkey', id)
    return passkey !== undefined && passkeyFactor(passkey) === factor && passkey.copiedAt === undefined
  }

  /** False when the user has no such passkey. */
  async rename(userId: string, id: string, name: string, origin: RequestOrigin): Promise<boolean> {
    const { store } = this.#deps
    const user = await store.get('user', userId)
    if (user === undefined || (await store.get('passkey', id))?.userId !== userId) return false
    await updateRecord(store, 'passkey', id, { notFound: noSuchPasskey }, (old) => ({
      ...old,
      name: factorName(name, old.name),
    }))
    await this.#record('RenamePasskey', user, origin)
    return true
  }

  /** Removes a passkey, and ends the sign-ins with it. False when the user has no such passkey. */
  async remove(userId: string, id: string, origin: RequestOrigin): Promise<boolean> {
    const { store, removed } = this.#deps
    const user = await store.get('user', userId)
    const passkey = await store.get('passkey', id)
    if (user === undefined || passkey?.userId !== userId) return false
    await removed(user, passkeyFactor(passkey))
    if (!(await store.delete('passkey', id))) return false
    await removed(user, passkeyFactor(passkey))
    await this.#record('RemovePasskey', user, origin)
    return true
  }

  #challenge(purpose: string, expiresAt: EpochSeconds): string {
    const key = this.#deps.keys()[0]
    if (key === undefined) throw new TypeError('there is no key for challenges')
    return sealChallenge(key, purpose, expiresAt)
  }

  /** True for exactly one response per challenge, across all processes. */
  async #isFirstUse(purpose: string, challenge: string): Promise<boolean> {
    const { keys, now, store } = this.#deps
    const expiresAt = openChallenge(keys(), purpose, challenge, now())
    if (expiresAt === undefined) return false
    const id = `passkey ${sha256base64url(challenge)}`
    return createIfAbsent(store.create('spent', { id, accountId: serverAccount, expiresAt }))
  }

  #record(action: string, user: User | undefined, origin: RequestOrigin, refused?: string): Promise<void> {
    const { trail, now, accountId } = this.#deps
    const isSignIn = action === 'CheckPasskey'
    return trail.record({
      action: `${isSignIn ? 'signin' : 'account'}:${action}`,
      ...attemptFacts(user, accountId),
      outcome: refused === undefined ? 'done' : 'refused',
      reason: refused,
      ...requestFacts(origin),
      at: now(),
    })
  }
}

const enrolment = (userId: string, sessionId: string): string => `enrolment ${userId} ${sessionId}`

const descriptor = ({ credentialId, transports }: Passkey) => ({
  type: 'public-key',
  id: credentialId,
  transports,
})

const noSuchPasskey = () => new Problem('not_found', 'you have no such passkey')
const passkeysRefused = () => new Problem('denied', 'passkeys are not allowed here')
