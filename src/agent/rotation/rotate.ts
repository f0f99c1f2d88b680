// Replaces the access key of a profile: create the next, verify it, write it into the credentials file, wait until the
// previous one is no longer used, deactivate it, wait again, delete it. Each call makes the steps that are due; the journal
// makes it safe to stop after any of them.
import { setTimeout as pause } from 'node:timers/promises'
import { isProblem, Problem } from '../../problem.ts'
import type { Credentials } from '../../verify/client.ts'
import type { AwsEndpoint } from '../aws-call.ts'
import {
  endJournal,
  type Journal,
  journalFile,
  readJournal,
  withRotationLock,
  writeJournal,
} from './journal.ts'
import { keyCalls } from './key-calls.ts'
import { readProfileKey, replaceProfileKey } from './shared-credentials-file.ts'

export interface RotationSettings {
  readonly credentialsFile: string
  readonly profile: string
  /** Age in seconds from which a key is replaced. */
  readonly maxAge: number
  /** Seconds without use before the previous key is deactivated, and again before it is deleted. */
  readonly grace: number
}

export type RotationStep =
  | 'planned'
  | 'created'
  | 'recorded'
  | 'verified'
  | 'handed over'
  | 'overlap'
  | 'deactivated'
  | 'inactive'
  | 'deleted'
  | 'finished'

export interface RotationDependencies {
  readonly endpoint: AwsEndpoint
  /** Called after each step; a test stops the rotation here. */
  readonly onStep: (step: RotationStep) => void
}

export interface RotationStatus {
  /** Whether a rotation is under way. */
  readonly isPending: boolean
  /** Epoch seconds at which the next step may be due. */
  readonly nextAt: number
}

/**
 * Makes the steps that are due.
 * @throws Problem('limit_exceeded') when the user has a second key already · Problem('conflict') when another process rotates
 *   the key, or the keys changed in a way that only a person can judge · those of `callAws`
 */
export async function advanceRotation(
  settings: RotationSettings,
  deps: RotationDependencies,
): Promise<RotationStatus> {
  const file = journalFile(settings.credentialsFile, settings.profile)
  return withRotationLock(file, () => new Rotation(settings, deps, file).advance())
}

class Rotation {
  readonly #settings: RotationSettings
  readonly #deps: RotationDependencies
  readonly #file: string

  constructor(settings: RotationSettings, deps: RotationDependencies, file: string) {
    this.#settings = settings
    this.#deps = deps
    this.#file = file
  }

  async advance(): Promise<RotationStatus> {
    for (;;) {
      const journal = readJournal(this.#file)
      const status = journal === undefined ? await this.#plan() : await this.#continue(journal)
      if (status !== undefined) return status
    }
  }

  /** A status: nothing more is due now. Undefined: the journal has a new state. */
  #continue(journal: Journal): Promise<RotationStatus | undefined> {
    switch (journal.state) {
      case 'creating':
        return this.#create(journal)
      case 'created':
        return this.#handOver(journal.previous, journal.next)
      case 'overlap':
        return this.#deactivate(journal)
      case 'inactive':
        return this.#delete(journal)
    }
  }

  async #plan(): Promise<RotationStatus | undefined> {
    const key = this.#key()
    const keys = await this.#calls(key).list()
    const own = keys.find(({ id }) => id === key.accessKeyId)
    if (own === undefined)
      throw new Problem(
        'conflict',
        `the server does not list the access key \`${key.accessKeyId}\` for its user`,
      )
    const dueAt = own.created + this.#settings.maxAge
    if (this.#settings.maxAge > 0 && this.#now() < dueAt) return { isPending: false, nextAt: dueAt }
    const others = keys.filter(({ id }) => id !== own.id)
    if (others.length > 0)
      throw new Problem(
        'limit_exceeded',
        `the user also has the access key ${others.map(({ id }) => `\`${id}\``).join(', ')}: delete it before this one is rotated`,
      )
    this.#record({ state: 'creating', previous: own.id, known: keys.map(({ id }) => id), since: this.#now() })
    return this.#step('planned')
  }

  async #create({ previous, known }: Extract<Journal, { state: 'creating' }>): Promise<undefined> {
    const calls = this.#calls(this.#keyNamed(previous))
    // A key whose creation was not recorded: its secret is lost, and nobody can have used it.
    for (const { id } of (await calls.list()).filter(({ id }) => !known.includes(id))) {
      if ((await calls.lastUsed(id)) !== undefined)
        throw new Problem(
          'conflict',
          `the access key \`${id}\` was made by another: delete it, or the one in the file`,
        )
      await calls.delete(id)
    }
    const next = await calls.create()
    this.#step('created')
    this.#record({ state: 'created', previous, next: next.accessKeyId, since: this.#now() })
    this.#step('recorded')
    await this.#verify(next)
    this.#step('verified')
    replaceProfileKey(this.#settings.credentialsFile, this.#settings.profile, previous, next)
    return this.#step('handed over')
  }

  /** After an interruption: the credentials file has the next key, or its secret is lost. */
  async #handOver(previous: string, next: string): Promise<undefined> {
    if (this.#key().accessKeyId === next) {
      this.#record({ state: 'overlap', previous, since: this.#now() })
      return this.#step('overlap')
    }
    const calls = this.#calls(this.#keyNamed(previous))
    await calls.delete(next)
    const known = (await calls.list()).map(({ id }) => id)
    this.#record({ state: 'creating', previous, known, since: this.#now() })
    return undefined
  }

  async #deactivate({ previous, since }: Journal): Promise<RotationStatus | undefined> {
    const calls = this.#calls(this.#keyOtherThan(previous))
    if ((await calls.list()).some(({ id }) => id === previous)) {
      const dueAt = Math.max(since, (await calls.lastUsed(previous)) ?? 0) + this.#settings.grace
      if (this.#now() < dueAt) return { isPending: true, nextAt: dueAt }
      await calls.deactivate(previous)
    }
    this.#step('deactivated')
    this.#record({ state: 'inactive', previous, since: this.#now() })
    return this.#step('inactive')
  }

  async #delete({ previous, since }: Journal): Promise<RotationStatus | undefined> {
    const calls = this.#calls(this.#keyOtherThan(previous))
    const key = (await calls.list()).find(({ id }) => id === previous)
    if (key?.isActive) {
      // Somebody needed it again.
      this.#record({ state: 'overlap', previous, since: this.#now() })
      return undefined
    }
    const dueAt = since + this.#settings.grace
    if (key !== undefined && this.#now() < dueAt) return { isPending: true, nextAt: dueAt }
    await calls.delete(previous)
    this.#step('deleted')
    endJournal(this.#file)
    this.#step('finished')
    const own = (await calls.list()).find(({ id }) => id === this.#key().accessKeyId)
    return { isPending: false, nextAt: (own?.created ?? this.#now()) + this.#settings.maxAge }
  }

  /** Another process of the server may learn of a new key up to a second later. */
  async #verify(credentials: Credentials): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#calls(credentials).verify()
        return
      } catch (error) {
        if (attempt === 5 || !isProblem(error, 'unauthenticated', 'unavailable')) throw error
        await pause(attempt * 500)
      }
    }
  }

  #key(): Credentials {
    return readProfileKey(this.#settings.credentialsFile, this.#settings.profile)
  }

  #keyNamed(id: string): Credentials {
    const key = this.#key()
    if (key.accessKeyId === id) return key
    throw new Problem(
      'conflict',
      `the profile has the access key \`${key.accessKeyId}\` in place of \`${id}\`: delete \`${this.#file}\` to begin anew`,
    )
  }

  #keyOtherThan(id: string): Credentials {
    const key = this.#key()
    if (key.accessKeyId !== id) return key
    throw new Problem(
      'conflict',
      `the profile has the replaced access key \`${id}\` again: delete \`${this.#file}\` to begin anew`,
    )
  }

  #now(): number {
    return this.#deps.endpoint.now()
  }

  #calls(credentials: Credentials): ReturnType<typeof keyCalls> {
    return keyCalls(this.#deps.endpoint, credentials)
  }

  #record(journal: Journal): void {
    writeJournal(this.#file, journal)
  }

  #step(step: RotationStep): undefined {
    this.#deps.onStep(step)
    return undefined
  }
}
