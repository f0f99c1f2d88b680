// One request of a signed-in person to the console: who they are as a caller of the use cases, what they may do, and the answer.
import type { Context } from 'koa'
import type { z } from 'zod'
import { nameOfSegment } from '../../../views/console/frame/name-segment.ts'
import type { Translate } from '../../../views/html.ts'
import { consoleTranslator } from '../../../views/languages/console/catalogues.ts'
import type { RawInput } from '../../admin/input.ts'
import { operationNamed } from '../../admin/operations.ts'
import { perform } from '../../admin/perform.ts'
import type { Call } from '../../iam/caller.ts'
import { acrs, type Visitor } from '../../oidc/edge.ts'
import { isProblem, Problem } from '../../problem.ts'
import { type Form, readForm, readQuery } from '../../web/request/body.ts'
import { requestIdOf } from '../../web/request/request-id.ts'
import { readUpload, type Upload } from '../../web/request/upload.ts'
import type { ConsolePorts } from '../ports.ts'
import { denialOf, type Permission } from './permission.ts'
import { type ConsoleUser, callOf, type SignedIn, signedIn } from './signed-in.ts'

/** Seconds for which a sign-in counts as recent enough for acts that end or grant something. */
export const recentSignInSeconds = 300

export interface PerformOptions {
  readonly params?: RawInput['params']
  /** Empty values are left out. */
  readonly query?: Readonly<Record<string, string | undefined>>
  readonly body?: RawInput['body']
  /** Version that what is changed must have; undefined or empty: any. */
  readonly version?: string | undefined
}

/** Forms have no `ETag` that could be read again. */
const changedMeanwhile = (cause: Problem): Problem =>
  new Problem(
    cause.code,
    'somebody changed it since this form was opened: open it anew, then make your change again',
    { cause },
  )

export class ConsoleRequest {
  readonly ctx: Context
  readonly ports: ConsolePorts
  readonly visitor: Visitor
  readonly user: ConsoleUser
  /** The messages of the console in the language of the person. */
  readonly translate: Translate
  /** CSRF token of the page's forms. */
  readonly token: string

  constructor(ctx: Context, ports: ConsolePorts, { visitor, user }: SignedIn, translate: Translate) {
    this.ctx = ctx
    this.ports = ports
    this.visitor = visitor
    this.user = user
    this.translate = translate
    this.token = ports.forms.token(ctx)
  }

  get accountId(): string {
    return this.user.accountId
  }

  /** The query of the URL. @throws Problem('validation') */
  get query(): Form {
    return readQuery(this.ctx)
  }

  /** A `:name` segment of the path, without the escape of names that are also those of forms. */
  param(name: string): string {
    return nameOfSegment((this.ctx['params'] as Readonly<Record<string, string>>)[name] ?? '')
  }

  get reference(): string {
    return requestIdOf(this.ctx)
  }

  /** The caller and the request, anew for each use case: what allowed it is kept with these circumstances. */
  get call(): Call {
    return callOf(this.ctx, this, this.ports.now())
  }

  /**
   * Performs an operation of the admin API as the signed-in person.
   * @param schema of the answer
   * @throws Problem
   */
  async perform<S extends z.ZodType>(
    name: string,
    schema: S,
    options: PerformOptions = {},
  ): Promise<z.output<S>> {
    return (await this.performWithVersion(name, schema, options)).answer
  }

  /** The same, with the version of what was answered. */
  async performWithVersion<S extends z.ZodType>(
    name: string,
    schema: S,
    options: PerformOptions = {},
  ): Promise<{ readonly answer: z.output<S>; readonly version: string }> {
    const { params = {}, query = {}, body = {}, version = '' } = options
    const given = Object.entries(query).flatMap(([key, value]) =>
      value === undefined || value === '' ? [] : [[key, value] as const],
    )
    const raw = { params, query: new Map(given), body }
    const ifMatch = version === '' ? undefined : [version]
    const result = await perform(this.ports, operationNamed(name), this.call, { raw, ifMatch }).catch(
      (error: unknown) => {
        throw ifMatch !== undefined && isProblem(error, 'precondition_failed')
          ? changedMeanwhile(error)
          : error
      },
    )
    return { answer: schema.parse(result.answer), version: result.version ?? '' }
  }

  /** Why the person may not do this, as a sentence; undefined when they may. */
  denial(permission: Permission): Promise<string | undefined> {
    return denialOf(this.ports, this.call, permission)
  }

  /** The form of this request. @throws Problem('denied') when it was sent from another site */
  async form(maxBytes?: number): Promise<Form> {
    const form = await readForm(this.ctx, maxBytes === undefined ? {} : { maxBytes })
    this.ports.forms.check(this.ctx, form)
    return form
  }

  /** The same for a form that may have files. */
  async upload(maxBytes: number): Promise<Upload> {
    const upload = this.ctx.is('multipart/form-data')
      ? await readUpload(this.ctx, { maxBytes })
      : { form: await readForm(this.ctx), files: new Map<string, Buffer>() }
    this.ports.forms.check(this.ctx, upload.form)
    return upload
  }

  /** Whether the last sign-in is recent, and was made with every factor the person has. */
  async isFresh(): Promise<boolean> {
    const { authTime, acr } = this.visitor
    if (this.ports.now() - authTime >= recentSignInSeconds) return false
    return acr === acrs[1] || acr === acrs[2] || !(await this.ports.hasSecondFactor(this.user.id))
  }

  /** Sends the browser to sign in again, and then to `returnTo`. Writes the response. */
  async signInAgain(returnTo: string): Promise<void> {
    const strong = await this.ports.hasSecondFactor(this.user.id)
    await this.ports.oidc.startSignIn(this.ctx, returnTo, {
      maxAge: recentSignInSeconds - 1,
      loginHint: this.user.name,
      purpose: 'console',
      ...(strong ? { acrValues: [acrs[1]] } : {}),
    })
  }

  /** 303, so that a reload does not send the form again. */
  redirect(path: string): void {
    this.ctx.redirect(path)
    this.ctx.status = 303
  }
}

/** @throws Problem('missing_credentials') when the session has ended or the user was deleted or disabled */
export async function consoleRequestOf(ctx: Context, ports: ConsolePorts): Promise<ConsoleRequest> {
  const who = await signedIn(ctx, ports)
  return new ConsoleRequest(ctx, ports, who, await consoleTranslator(ports.languageOf(ctx)))
}
