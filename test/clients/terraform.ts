// Terraform with the stock AWS provider against the running server: apply, a plan without changes, a change, destroy.
// `npm run test:terraform`; not part of `npm test`, because the provider is a download of 700 MB. It needs `terraform`, and
// with TERRAFORM_PLUGIN_DIR set it takes the provider from that directory instead of the registry.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { rootKey, startServer } from '../support/server.ts'

const pluginDir = process.env['TERRAFORM_PLUGIN_DIR']

interface Ran {
  readonly code: number
  readonly output: string
}

const terraform = (dir: string, ...args: readonly string[]): Promise<Ran> =>
  new Promise((done) => {
    const env = { PATH: process.env['PATH'] ?? '', HOME: dir, TF_IN_AUTOMATION: '1', CHECKPOINT_DISABLE: '1' }
    execFile(
      'terraform',
      args,
      { cwd: dir, env, timeout: 240_000, maxBuffer: 1 << 26 },
      (error, out, err) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1
        done({ code, output: `${out}${err}${code === 1 && error !== null ? error.message : ''}` })
      },
    )
  })

const configuration = (url: string, { maxAge, description }: { maxAge: number; description: string }) => `
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  region                      = "us-east-1"
  access_key                  = "${rootKey.id}"
  secret_key                  = "${rootKey.secret}"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = false
  endpoints {
    iam = "${url}"
    sts = "${url}"
  }
}

data "aws_caller_identity" "current" {}

resource "aws_iam_account_alias" "alias" {
  account_alias = "acme-staging"
}

resource "aws_iam_account_password_policy" "strict" {
  minimum_password_length        = 12
  require_numbers                = true
  require_symbols                = true
  allow_users_to_change_password = true
  max_password_age               = ${maxAge}
  password_reuse_prevention      = 5
}

resource "aws_iam_user" "ada" {
  name          = "ada"
  path          = "/team/"
  force_destroy = true
  tags          = { Team = "red" }
}

resource "aws_iam_user_login_profile" "ada" {
  user            = aws_iam_user.ada.name
  password_length = 20
}

resource "aws_iam_access_key" "ada" {
  user = aws_iam_user.ada.name
}

resource "aws_iam_group" "readers" {
  name = "readers"
}

resource "aws_iam_user_group_membership" "ada" {
  user   = aws_iam_user.ada.name
  groups = [aws_iam_group.readers.name]
}

data "aws_iam_policy_document" "read" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["arn:aws:s3:::handbook/*"]
  }
}

resource "aws_iam_policy" "read" {
  name        = "read"
  description = "reads the handbook"
  policy      = data.aws_iam_policy_document.read.json
}

resource "aws_iam_group_policy_attachment" "read" {
  group      = aws_iam_group.readers.name
  policy_arn = aws_iam_policy.read.arn
}

resource "aws_iam_openid_connect_provider" "ci" {
  url             = "https://ci.example.com"
  client_id_list  = ["sts.amazonaws.com"]
  thumbprint_list = ["9e99a48a9960b14926bb7f3b02e22da2b0ab7280"]
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]
    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.ci.arn]
    }
    condition {
      test     = "StringEquals"
      variable = "ci.example.com:sub"
      values   = ["repo:acme/app"]
    }
  }
}

resource "aws_iam_role" "deploy" {
  name                 = "deploy"
  description          = "${description}"
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  max_session_duration = 7200
  tags                 = { Team = "red" }
}

resource "aws_iam_role_policy" "deploy" {
  name   = "inline"
  role   = aws_iam_role.deploy.id
  policy = data.aws_iam_policy_document.read.json
}

resource "aws_iam_role_policy_attachment" "read" {
  role       = aws_iam_role.deploy.name
  policy_arn = aws_iam_policy.read.arn
}

resource "aws_iam_instance_profile" "deploy" {
  name = "deploy"
  role = aws_iam_role.deploy.name
}

resource "aws_iam_virtual_mfa_device" "phone" {
  virtual_mfa_device_name = "phone"
}
`

test('terraform applies, sees no drift, changes and destroys', { timeout: 600_000 }, async (t) => {
  const server = await startServer()
  const dir = mkdtempSync(join(tmpdir(), 'chancery-terraform-'))
  t.after(async () => {
    await server.stop()
    rmSync(dir, { recursive: true, force: true })
  })
  const write = (settings: Parameters<typeof configuration>[1]) =>
    writeFileSync(join(dir, 'main.tf'), configuration(server.url, settings))
  const done = async (...args: readonly string[]) => {
    const { code, output } = await terraform(dir, ...args)
    assert.equal(code, 0, `terraform ${args.join(' ')}:\n${output}`)
  }
  /** Exit code 2 would say that there is something to change. */
  const unchanged = () => done('plan', '-no-color', '-detailed-exitcode')
  write({ maxAge: 90, description: 'deploys' })
  await done('init', '-no-color', ...(pluginDir === undefined ? [] : [`-plugin-dir=${pluginDir}`]))
  await done('apply', '-no-color', '-auto-approve')
  await unchanged()
  write({ maxAge: 30, description: 'deploys the handbook' })
  await done('apply', '-no-color', '-auto-approve')
  await unchanged()
  await done('destroy', '-no-color', '-auto-approve')
})
