// Certificates for servers, with their private keys: kept and listed under a name. No operation returns the private key.
import { checkServerCertificate, hostsOfCertificate } from '../secure/certificates.ts'
import { uniqueId } from '../secure/random.ts'
import type { Secret } from '../secure/secret.ts'
import type { ServerCertificate, Tag } from '../store/records.ts'
import { accountOf, serverCertificateArn } from './arn.ts'
import { authorizeCreation } from './authorization/authorize-creation.ts'
import type { ContextEntry } from './authorization/caller-context.ts'
import type { Call } from './caller.ts'
import type { IamDependencies } from './dependencies.ts'
import { alreadyExists, createUnique, noSuch } from './messages.ts'
import { checkName, checkPath } from './names.ts'
import { type ListPage, type ListRequest, pageOfItems } from './paging.ts'
import { createWithinQuota } from './record/create-within-quota.ts'
import { pageOf } from './record/segmented-list.ts'
import { updateRecord } from './record/update-record.ts'
import { checkTags, requestTagKeys, resourceTagKeys, tagRules, withoutTags, withTags } from './tags.ts'

interface Named {
  readonly certificateName: string
}

export interface NewServerCertificate extends Named {
  readonly path?: string | undefined
  readonly body: string
  readonly privateKey: Secret
  readonly chain?: string | undefined
  readonly tags?: readonly Tag[] | undefined
}

/** What may be shown of a certificate in lists: nothing of its key. Times in epoch seconds. */
export interface ListedCertificate
  extends Pick<ServerCertificate, 'id' | 'name' | 'path' | 'createdAt' | 'notAfter'> {
  readonly arn: string
  /** DNS names and addresses that it is for. */
  readonly hosts: readonly string[]
}

export function listedCertificate(certificate: ServerCertificate): ListedCertificate {
  const { id, name, path, createdAt, notAfter, body } = certificate
  const arn = serverCertificateArn(certificate)
  return { id, name, path, createdAt, notAfter, arn, hosts: hostsOfCertificate(body) }
}

export class ServerCertificates {
  readonly #deps: IamDependencies

  constructor(deps: IamDependencies) {
    this.#deps = deps
  }

  async uploadServerCertificate(call: Call, input: NewServerCertificate): Promise<ServerCertificate> {
    const { authorizer, store } = this.#deps
    const draft = {
      id: uniqueId('ASCA'),
      accountId: accountOf(call.caller),
      name: checkName('serverCertificate', input.certificateName),
      path: checkPath(input.path),
      createdAt: call.circumstances.now,
      body: input.body,
      chain: input.chain,
      privateKey: input.privateKey,
      tags: checkTags(tagRules.serverCertificate, input.tags),
    }
    const what = { arn: serverCertificateArn(draft), tags: draft.tags }
    await authorizeCreation(authorizer, call, tagRules.serverCertificate, what)
    const { notAfter } = checkServerCertificate(input, call.circumstances.now)
    const inAccount = { by: 'account', value: draft.accountId } as const
    const certificate: ServerCertificate = { ...draft, notAfter }
    const limited = {
      kind: 'serverCertificate',
      record: certificate,
      quota: 'ServerCertificatesPerAccount',
      lookup: inAccount,
    } as const
    await createWithinQuota(store, limited, () =>
      createUnique(store.create('serverCertificate', certificate), 'serverCertificate', certificate.name),
    )
    return certificate
  }

  getServerCertificate(call: Call, { certificateName }: Named): Promise<ServerCertificate> {
    return this.#getAuthorizedCertificate(call, certificateName, 'iam:GetServerCertificate')
  }

  async listServerCertificates(
    call: Call,
    input: ListRequest & { readonly pathPrefix?: string | undefined },
  ): Promise<ListPage<ServerCertificate>> {
    const { authorizer, markers, store } = this.#deps
    const accountId = accountOf(call.caller)
    const prefix = input.pathPrefix ?? '/'
    const resource = `arn:aws:iam::${accountId}:server-certificate${prefix}`
    await authorizer.authorize(call, 'iam:ListServerCertificates', resource)
    return pageOf<'serverCertificate'>(
      markers,
      call,
      `server-certificates:${prefix}`,
      input,
      (page) => store.find('serverCertificate', { by: 'account', value: accountId, prefix }, page),
      ({ path }) => path.startsWith(prefix),
    )
  }

  /** New name and path: the caller must be allowed under the new ARN as well. */
  async updateServerCertificate(
    call: Call,
    input: Named & { readonly newName?: string | undefined; readonly newPath?: string | undefined },
  ): Promise<void> {
    const action = 'iam:UpdateServerCertificate'
    const certificate = await this.#getAuthorizedCertificate(call, input.certificateName, action)
    const name =
      input.newName === undefined ? certificate.name : checkName('serverCertificate', input.newName)
    const path = input.newPath === undefined ? certificate.path : checkPath(input.newPath)
    await this.#deps.authorizer.authorize(
      call,
      action,
      serverCertificateArn({ ...certificate, name, path }),
      resourceTagKeys(certificate.tags),
    )
    await this.#update(certificate, (old) => ({ ...old, name, path }), name)
  }

  async deleteServerCertificate(call: Call, { certificateName }: Named): Promise<void> {
    const { id } = await this.#getAuthorizedCertificate(call, certificateName, 'iam:DeleteServerCertificate')
    if (!(await this.#deps.store.delete('serverCertificate', id)))
      throw noSuch('serverCertificate', certificateName)
  }

  async tagServerCertificate(
    call: Call,
    { certificateName, tags }: Named & { readonly tags: readonly Tag[] },
  ): Promise<void> {
    const action = 'iam:TagServerCertificate'
    const certificate = await this.#getAuthorizedCertificate(
      call,
      certificateName,
      action,
      requestTagKeys(tags),
    )
    await this.#update(certificate, (old) => ({
      ...old,
      tags: withTags(tagRules.serverCertificate, old.tags, tags),
    }))
  }

  async untagServerCertificate(
    call: Call,
    { certificateName, keys }: Named & { readonly keys: readonly string[] },
  ): Promise<void> {
    const action = 'iam:UntagServerCertificate'
    const certificate = await this.#getAuthorizedCertificate(call, certificateName, action, [
      ['aws:TagKeys', keys],
    ])
    await this.#update(certificate, (old) => ({
      ...old,
      tags: withoutTags(tagRules.serverCertificate, old.tags, keys),
    }))
  }

  async listServerCertificateTags(call: Call, input: Named & ListRequest): Promise<ListPage<Tag>> {
    const action = 'iam:ListServerCertificateTags'
    const { id, tags } = await this.#getAuthorizedCertificate(call, input.certificateName, action)
    return pageOfItems(this.#deps.markers, call, `tags:${id}`, input, tags, (tag) => tag.key)
  }

  async #getAuthorizedCertificate(
    call: Call,
    name: string,
    action: string,
    extra: readonly ContextEntry[] = [],
  ): Promise<ServerCertificate> {
    const { store, authorizer } = this.#deps
    const accountId = accountOf(call.caller)
    const found = await store.getBy('serverCertificate', 'name', `${accountId}/${name.toLowerCase()}`)
    const arn = serverCertificateArn(found ?? { accountId, path: '/', name })
    await authorizer.authorize(call, action, arn, [...resourceTagKeys(found?.tags), ...extra])
    if (found === undefined) throw noSuch('serverCertificate', name)
    return found
  }

  #update(
    { id, name }: ServerCertificate,
    next: (old: ServerCertificate) => ServerCertificate,
    newName = name,
  ): Promise<ServerCertificate> {
    const errors = {
      notFound: () => noSuch('serverCertificate', name),
      conflict: () => alreadyExists('serverCertificate', newName),
    }
    return updateRecord(this.#deps.store, 'serverCertificate', id, errors, next)
  }
}
