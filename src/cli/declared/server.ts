// The two interfaces that the declared state is read and changed by: the admin API, and IAM's own.
import { Problem } from '../../problem.ts'
import { type AdminSource, type CallAdmin, explainRefusal } from '../admin/answer.ts'
import type { CallIam } from '../admin/client.ts'

export type Json = Readonly<Record<string, unknown>>

export class DeclaredServer {
  readonly #admin: CallAdmin
  readonly #iam: CallIam
  readonly #source: AdminSource
  /** ARNs of the account's managed policies by name; grows while an apply creates them. */
  readonly policyArns = new Map<string, string>()

  constructor({ callAdmin, callIam }: { callAdmin: CallAdmin; callIam: CallIam }, source: AdminSource) {
    this.#admin = callAdmin
    this.#iam = callIam
    this.#source = source
  }

  /** @throws Problem('invalid_input') with the server's refusal */
  async admin(method: string, path: string, body?: Json): Promise<Json> {
    const answer = await this.#admin(this.#source, { method, path, query: {}, body, ifMatch: undefined })
    if (answer.status >= 400)
      throw new Problem('invalid_input', explainRefusal(answer).replace(/^chancery: /, ''))
    return (answer.body ?? {}) as Json
  }

  /** Every item of a list, page by page. */
  async *list(path: string): AsyncGenerator<Json> {
    let cursor: string | undefined
    do {
      const query = cursor === undefined ? {} : { cursor }
      const answer = await this.#admin(this.#source, {
        method: 'GET',
        path,
        query,
        body: undefined,
        ifMatch: undefined,
      })
      if (answer.status >= 400) throw new Problem('invalid_input', explainRefusal(answer))
      const { items } = answer.body as { readonly items: readonly Json[] }
      yield* items
      cursor = answer.cursor
    } while (cursor !== undefined)
  }

  /** The result of an IAM action. @throws Problem('invalid_input') with IAM's refusal */
  iam(action: string, parameters: Readonly<Record<string, string | undefined>> = {}): Promise<Json> {
    return this.#iam(this.#source, action, parameters)
  }

  /** Of the credentials: 12 digits. */
  async accountId(): Promise<string> {
    // GetUser without a name is refused for sessions, whose role is in the account.
    const found = await this.iam('GetUser').then(
      ({ User }) => User,
      async () => (await this.iam('ListRoles', { MaxItems: '1' }))['Roles'],
    )
    const [one] = Array.isArray(found) ? found : [found]
    return String((one as Json | undefined)?.['Arn']).split(':')[4] ?? ''
  }

  /** The ARN of a policy that a file names. @throws Problem('invalid_input') when the account has none of that name */
  arnOf(policy: string): string {
    if (policy.startsWith('arn:')) return policy
    const arn = this.policyArns.get(policy)
    if (arn === undefined)
      throw new Problem('invalid_input', `there is no policy \`${policy}\` in the account`)
    return arn
  }
}
