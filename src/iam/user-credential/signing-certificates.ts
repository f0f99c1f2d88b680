// X.509 signing certificates of users. They are kept for services that ask for them; this server itself accepts none of them.
import { Problem } from '../../problem.ts'
import { readUploadedCertificate } from '../../secure/certificates.ts'
import { randomBase32 } from '../../secure/random.ts'
import { createIfAbsent } from '../../store/conditional-writes.ts'
import type { SigningCertificate } from '../../store/records.ts'
import type { Call } from '../caller.ts'
import type { IamDependencies } from '../dependencies.ts'
import type { ListPage, ListRequest } from '../paging.ts'
import { CredentialsOfUser, type OfUser } from './credentials-of-user.ts'

interface CertificateRef extends OfUser {
  readonly certificateId: string
}

export class SigningCertificates {
  readonly #deps: IamDependencies
  readonly #credentials: CredentialsOfUser<'signingCertificate'>

  constructor(deps: IamDependencies) {
    this.#deps = deps
    this.#credentials = new CredentialsOfUser(deps, 'signingCertificate')
  }

  async uploadSigningCertificate(
    call: Call,
    input: OfUser & { readonly body: string },
  ): Promise<{ readonly certificate: SigningCertificate; readonly userName: string }> {
    const user = await this.#credentials.authorizedUser(call, input, 'iam:UploadSigningCertificate')
    const { fingerprint } = readUploadedCertificate(input.body)
    const create = async () => {
      const record: SigningCertificate = {
        id: randomBase32(32),
        accountId: user.accountId,
        userId: user.id,
        body: input.body,
        fingerprint,
        status: 'Active',
        createdAt: call.circumstances.now,
      }
      if (!(await createIfAbsent(this.#deps.store.create('signingCertificate', record))))
        throw new Problem('duplicate_certificate', 'Duplicate certificate uploaded.')
      return record
    }
    const certificate = await this.#credentials.create(user, 'CertificatesPerUser', create)
    return { certificate, userName: user.name }
  }

  async listSigningCertificates(
    call: Call,
    input: OfUser & ListRequest,
  ): Promise<{ readonly certificates: ListPage<SigningCertificate>; readonly userName: string }> {
    const user = await this.#credentials.authorizedUser(call, input, 'iam:ListSigningCertificates')
    const certificates = await this.#credentials.page(call, user, input)
    return { certificates, userName: user.name }
  }

  async updateSigningCertificate(
    call: Call,
    input: CertificateRef & { readonly status: string },
  ): Promise<void> {
    const { userName, certificateId: id, status } = input
    await this.#credentials.setStatus(call, { userName, id, status }, 'iam:UpdateSigningCertificate')
  }

  async deleteSigningCertificate(call: Call, input: CertificateRef): Promise<void> {
    const { userName, certificateId: id } = input
    await this.#credentials.delete(call, { userName, id }, 'iam:DeleteSigningCertificate')
  }
}
