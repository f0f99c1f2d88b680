// Operations that AWS's service models do not have, in the form of model.generated.ts. They are added to the model of their service.

/** For clients that move here from MinIO: its parameters, and those that name the role. The response is AssumeRole's. */
export const stsExtensions = {
  actions: { AssumeRoleWithLDAPIdentity: ['AssumeRoleWithLDAPIdentityRequest', 'AssumeRoleResponse'] },
  shapes: {
    AssumeRoleWithLDAPIdentityRequest: {
      type: 'structure',
      members: {
        LDAPUsername: 'ldapUsernameType',
        LDAPPassword: 'ldapPasswordType',
        RoleArn: 'arnType',
        RoleSessionName: 'roleSessionNameType',
        ProviderArn: 'arnType',
        Policy: 'unrestrictedSessionPolicyDocumentType',
        PolicyArns: 'policyDescriptorListType',
        DurationSeconds: 'roleDurationSecondsType',
      },
      required: ['LDAPUsername', 'LDAPPassword', 'RoleArn'],
    },
    ldapUsernameType: { type: 'string', min: 1, max: 256 },
    ldapPasswordType: { type: 'string', min: 1, max: 1024, sensitive: true },
  },
} as const
