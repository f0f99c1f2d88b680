// SSH public keys of users. They are kept for services that ask for them; this server itself accepts none of them.
import { Problem } from '../../problem.ts'
import { uniqueId } from '../../secure/random.ts'
import { readSshPublicKey, writeSshPublicKey } from '../../secure/ssh-public-key.ts'
import { createIfAbsent } from '../../store/conditional-writes.ts'
import type { SshPublicKey } from '../../store/records.ts'
import type { Call } from '../caller.ts'
import type { IamDependencies } from '../dependencies.ts'
import type { ListPage, ListRequest } from '../paging.ts'
import { CredentialsOfUser, type OfUser } from './credentials-of-user.ts'

export interface SshPublicKeyOfUser {
  readonly key: SshPublicKey
  readonly userName: string
}

interface KeyRef extends OfUser {
  readonly sshPublicKeyId: string
}

export class SshPublicKeys {
  readonly #deps: IamDependencies
  readonly #credentials: CredentialsOfUser<'sshPublicKey'>

  constructor(deps: IamDependencies) {
    this.#deps = deps
    this.#credentials = new CredentialsOfUser(deps, 'sshPublicKey')
  }

  async uploadSSHPublicKey(
    call: Call,
    input: OfUser & { readonly body: string },
  ): Promise<SshPublicKeyOfUser> {
    const user = await this.#credentials.authorizedUser(call, input, 'iam:UploadSSHPublicKey')
    const { fingerprint } = readSshPublicKey(input.body)
    const key = await this.#credentials.create(user, 'SSHPublicKeysPerUser', async () => {
      const record: SshPublicKey = {
        id: uniqueId('APKA'),
        accountId: user.accountId,
        userId: user.id,
        body: input.body,
        fingerprint,
        status: 'Active',
        createdAt: call.circumstances.now,
      }
      if (!(await createIfAbsent(this.#deps.store.create('sshPublicKey', record))))
        throw new Problem('duplicate_ssh_public_key', 'Duplicate SSH public key uploaded.')
      return record
    })
    return { key, userName: user.name }
  }

  /** The key in the encoding that was asked for. */
  async getSSHPublicKey(
    call: Call,
    input: KeyRef & { readonly encoding: string },
  ): Promise<SshPublicKeyOfUser> {
    const user = await this.#credentials.authorizedUser(call, input, 'iam:GetSSHPublicKey')
    const { encoding } = input
    if (encoding !== 'SSH' && encoding !== 'PEM')
      throw new Problem('unrecognized_public_key_encoding', 'Encoding must be SSH or PEM')
    const key = await this.#credentials.get(user, input.sshPublicKeyId)
    const body = writeSshPublicKey(readSshPublicKey(key.body).key, encoding)
    return { key: { ...key, body }, userName: user.name }
  }

  async listSSHPublicKeys(
    call: Call,
    input: OfUser & ListRequest,
  ): Promise<{ readonly keys: ListPage<SshPublicKey>; readonly userName: string }> {
    const user = await this.#credentials.authorizedUser(call, input, 'iam:ListSSHPublicKeys')
    return { keys: await this.#credentials.page(call, user, input), userName: user.name }
  }

  async updateSSHPublicKey(call: Call, input: KeyRef & { readonly status: string }): Promise<void> {
    const { userName, sshPublicKeyId: id, status } = input
    await this.#credentials.setStatus(call, { userName, id, status }, 'iam:UpdateSSHPublicKey')
  }

  async deleteSSHPublicKey(call: Call, input: KeyRef): Promise<void> {
    const { userName, sshPublicKeyId: id } = input
    await this.#credentials.delete(call, { userName, id }, 'iam:DeleteSSHPublicKey')
  }
}
