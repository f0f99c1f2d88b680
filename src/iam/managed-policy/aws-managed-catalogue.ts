// AWS managed policies that people attach by habit, under AWS's names and paths. The documents are our own: they allow what the
// name says, in the actions of the services that the AWS Managed Policy Reference Guide names for it.

export interface CatalogueEntry {
  readonly name: string
  /** Default `/`. */
  readonly path?: string
  readonly description: string
  readonly statements: readonly object[]
}

const allow = (action: readonly string[], resource: string | readonly string[] = '*', more: object = {}) => ({
  Effect: 'Allow',
  Action: action,
  Resource: resource,
  ...more,
})

const actionsOf = (services: readonly string[], verbs: readonly string[]): readonly string[] =>
  services.flatMap((service) => verbs.map((verb) => `${service}:${verb}`))

const everything = (...services: readonly string[]) => [allow(actionsOf(services, ['*']))]
const readVerbs = ['BatchGet*', 'Describe*', 'Get*', 'List*'] as const
const reads = (...services: readonly string[]) => [allow(actionsOf(services, readVerbs))]

/** Services whose Get actions hand out no secrets. */
const readableServices = [
  'acm',
  'apigateway',
  'autoscaling',
  'cloudformation',
  'cloudfront',
  'cloudtrail',
  'cloudwatch',
  'codebuild',
  'codecommit',
  'codepipeline',
  'cognito-idp',
  'config',
  'dynamodb',
  'ec2',
  'ecr',
  'ecs',
  'eks',
  'elasticache',
  'elasticfilesystem',
  'elasticloadbalancing',
  'events',
  'firehose',
  'glue',
  'guardduty',
  'kinesis',
  'kms',
  'lambda',
  'logs',
  'organizations',
  'rds',
  'redshift',
  'route53',
  's3',
  'sns',
  'sqs',
  'ssm',
  'states',
  'tag',
  'wafv2',
  'xray',
] as const

/** Actions of ReadOnlyAccess at other services than this server's own. */
export const readOfServices: readonly string[] = [
  ...actionsOf(readableServices, readVerbs),
  'dynamodb:Query',
  'dynamodb:Scan',
  'logs:FilterLogEvents',
  'secretsmanager:DescribeSecret',
  'secretsmanager:List*',
  'sqs:ReceiveMessage',
]

const viewed = [...actionsOf(readableServices, ['Describe*', 'List*']), 's3:GetBucketLocation']
const audited = [
  ...actionsOf(readableServices, ['Describe*', 'List*']),
  ...actionsOf(['acm', 'config', 'ecr', 'guardduty', 'kms', 'lambda'], ['Get*Policy', 'Get*Status']),
  'iam:GenerateCredentialReport',
  'iam:GenerateServiceLastAccessedDetails',
  'iam:Get*',
  'iam:List*',
  'iam:SimulateCustomPolicy',
  'iam:SimulatePrincipalPolicy',
  's3:GetAccountPublicAccessBlock',
  's3:GetBucket*',
  's3:GetEncryptionConfiguration',
  's3:GetLifecycleConfiguration',
  'secretsmanager:DescribeSecret',
  'secretsmanager:GetResourcePolicy',
  'secretsmanager:List*',
]

const passRoleTo = (...services: readonly string[]) =>
  allow(['iam:PassRole'], '*', { Condition: { StringEquals: { 'iam:PassedToService': services } } })
const listRoles = allow(['iam:GetRole', 'iam:ListRoles'])
const writeLogs = allow(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'])
const networkInterfaces = allow([
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
])
const pullImages = allow([
  'ecr:BatchCheckLayerAvailability',
  'ecr:BatchGetImage',
  'ecr:GetAuthorizationToken',
  'ecr:GetDownloadUrlForLayer',
])
const managedMachine = [
  allow([
    'ssm:DescribeAssociation',
    'ssm:Get*',
    'ssm:List*',
    'ssm:PutInventory',
    'ssm:UpdateInstanceInformation',
  ]),
  allow(['ssmmessages:*', 'ec2messages:*']),
]
const ownUser = 'arn:aws:iam::*:user/$' + '{aws:username}'

/** A service with a policy for everything and one for reading. */
const pair = (
  [full, readOnly]: readonly [string, string],
  what: string,
  ...services: readonly string[]
): readonly CatalogueEntry[] => [
  { name: full, description: `Provides full access to ${what}.`, statements: everything(...services) },
  { name: readOnly, description: `Provides read-only access to ${what}.`, statements: reads(...services) },
]
const fullAndReadOnly = (prefix: string): readonly [string, string] => [
  `${prefix}FullAccess`,
  `${prefix}ReadOnlyAccess`,
]

const services: readonly CatalogueEntry[] = [
  ...pair(fullAndReadOnly('AmazonS3'), 'buckets and objects', 's3', 's3-object-lambda'),
  ...pair(fullAndReadOnly('AmazonEC2'), 'Amazon EC2', 'ec2', 'elasticloadbalancing', 'autoscaling'),
  ...pair(fullAndReadOnly('AmazonDynamoDB'), 'Amazon DynamoDB', 'dynamodb', 'dax'),
  ...pair(fullAndReadOnly('AmazonRDS'), 'Amazon RDS', 'rds'),
  ...pair(fullAndReadOnly('AmazonSQS'), 'Amazon SQS', 'sqs'),
  ...pair(fullAndReadOnly('AmazonSNS'), 'Amazon SNS', 'sns'),
  ...pair(fullAndReadOnly('AmazonKinesis'), 'Amazon Kinesis', 'kinesis'),
  ...pair(fullAndReadOnly('AmazonElastiCache'), 'Amazon ElastiCache', 'elasticache'),
  ...pair(fullAndReadOnly('AmazonRoute53'), 'Amazon Route 53', 'route53', 'route53domains'),
  ...pair(fullAndReadOnly('AmazonEventBridge'), 'Amazon EventBridge', 'events', 'scheduler', 'schemas'),
  ...pair(fullAndReadOnly('AmazonSSM'), 'AWS Systems Manager', 'ssm'),
  ...pair(fullAndReadOnly('AmazonRedshift'), 'Amazon Redshift', 'redshift'),
  ...pair(fullAndReadOnly('AWSCloudFormation'), 'AWS CloudFormation', 'cloudformation'),
  ...pair(fullAndReadOnly('AWSStepFunctions'), 'AWS Step Functions', 'states'),
  ...pair(['AWSCertificateManagerFullAccess', 'AWSCertificateManagerReadOnly'], 'certificates', 'acm'),
  ...pair(['AWSCloudTrail_FullAccess', 'AWSCloudTrail_ReadOnlyAccess'], 'AWS CloudTrail', 'cloudtrail'),
  ...pair(fullAndReadOnly('CloudFront'), 'Amazon CloudFront', 'cloudfront'),
  ...pair(fullAndReadOnly('CloudWatch'), 'Amazon CloudWatch', 'cloudwatch', 'logs'),
  ...pair(fullAndReadOnly('CloudWatchLogs'), 'Amazon CloudWatch Logs', 'logs'),
  ...pair(fullAndReadOnly('CloudWatchEvents'), 'Amazon CloudWatch Events', 'events'),
  ...pair(fullAndReadOnly('AutoScaling'), 'Auto Scaling', 'autoscaling'),
  ...pair(
    ['ElasticLoadBalancingFullAccess', 'ElasticLoadBalancingReadOnly'],
    'load balancers',
    'elasticloadbalancing',
  ),
  ...pair(
    ['AmazonEC2ContainerRegistryFullAccess', 'AmazonEC2ContainerRegistryReadOnly'],
    'container registries',
    'ecr',
  ),
  ...pair(['AWSLambda_FullAccess', 'AWSLambda_ReadOnlyAccess'], 'AWS Lambda', 'lambda'),
  {
    name: 'AmazonECS_FullAccess',
    description: 'Provides full access to Amazon ECS.',
    statements: [...everything('ecs'), listRoles, passRoleTo('ecs-tasks.amazonaws.com', 'ecs.amazonaws.com')],
  },
  {
    name: 'AmazonEKSClusterPolicy',
    description: 'Lets a Kubernetes control plane manage the resources of its cluster.',
    statements: [
      ...reads('ec2', 'autoscaling', 'elasticloadbalancing'),
      allow(['elasticloadbalancing:*', 'ec2:CreateTags', 'ec2:*SecurityGroup*', 'ec2:*Volume']),
    ],
  },
  {
    name: 'AmazonEKSWorkerNodePolicy',
    description: 'Lets nodes join a Kubernetes cluster.',
    statements: [allow(['ec2:Describe*', 'eks:DescribeCluster'])],
  },
  {
    name: 'AmazonEKS_CNI_Policy',
    description: 'Lets nodes manage the addresses of their network interfaces.',
    statements: [networkInterfaces, allow(['ec2:Describe*', 'ec2:CreateTags'])],
  },
  {
    name: 'AmazonSSMManagedInstanceCore',
    description: 'Lets a machine be managed by AWS Systems Manager.',
    statements: managedMachine,
  },
  {
    name: 'CloudWatchAgentServerPolicy',
    description: 'Lets the agent on a machine write metrics and logs.',
    statements: [writeLogs, allow(['cloudwatch:PutMetricData', 'ec2:DescribeTags', 'logs:Describe*'])],
  },
  {
    name: 'AWSKeyManagementServicePowerUser',
    description: 'Provides access to AWS KMS without deleting keys or changing who may use them.',
    statements: [
      allow(['kms:CreateAlias', 'kms:CreateKey', 'kms:DeleteAlias', 'kms:Describe*', 'kms:GenerateRandom']),
      allow([
        'kms:Get*',
        'kms:List*',
        'kms:TagResource',
        'kms:UntagResource',
        'iam:ListGroups',
        'iam:ListRoles',
        'iam:ListUsers',
      ]),
    ],
  },
  {
    name: 'SecretsManagerReadWrite',
    description: 'Provides read and write access to secrets.',
    statements: everything('secretsmanager'),
  },
  {
    name: 'AmazonAPIGatewayAdministrator',
    description: 'Provides full access to create and change APIs.',
    statements: everything('apigateway'),
  },
  {
    name: 'AmazonAPIGatewayInvokeFullAccess',
    description: 'Provides full access to call APIs.',
    statements: everything('execute-api'),
  },
  {
    name: 'AWSXRayDaemonWriteAccess',
    description: 'Lets a daemon write traces.',
    statements: [allow(['xray:GetSampling*', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments'])],
  },
]

const identity: readonly CatalogueEntry[] = [
  {
    name: 'SecurityAudit',
    description: 'Lets auditors read the configuration of security: names and settings, no contents.',
    statements: [allow(audited)],
  },
  {
    name: 'IAMAccessAdvisorReadOnly',
    description: 'Provides read access to when services were last used.',
    statements: [
      allow([
        'iam:GenerateServiceLastAccessedDetails',
        'iam:GetServiceLastAccessedDetails*',
        'iam:List*',
        'iam:Get*Policy*',
      ]),
    ],
  },
  {
    name: 'IAMSelfManageServiceSpecificCredentials',
    description: 'Lets users manage their own service-specific credentials.',
    statements: [allow(['iam:*ServiceSpecificCredential', 'iam:ListServiceSpecificCredentials'], ownUser)],
  },
  {
    name: 'IAMUserSSHKeys',
    description: 'Lets users manage their own SSH public keys.',
    statements: [allow(['iam:*SSHPublicKey', 'iam:ListSSHPublicKeys'], ownUser)],
  },
]

const jobFunctions: readonly CatalogueEntry[] = [
  {
    name: 'Billing',
    description: 'Lets people read and manage bills, budgets and payment.',
    statements: everything('account', 'aws-portal', 'billing', 'budgets', 'ce', 'cur', 'payments', 'tax'),
  },
  {
    name: 'DatabaseAdministrator',
    description: 'Provides full access to database services and to what runs them.',
    statements: [
      ...everything('dynamodb', 'elasticache', 'rds', 'redshift', 'cloudwatch', 'sns'),
      ...reads('ec2', 'kms', 'logs', 's3'),
      listRoles,
      passRoleTo('rds.amazonaws.com', 'monitoring.rds.amazonaws.com'),
    ],
  },
  {
    name: 'DataScientist',
    description: 'Provides access to services that analyse data.',
    statements: [
      ...everything('athena', 'elasticmapreduce', 'glue', 'kinesis', 'redshift', 'sagemaker', 's3'),
      ...reads('cloudwatch', 'dynamodb', 'ec2', 'logs', 'rds'),
      listRoles,
      passRoleTo('sagemaker.amazonaws.com', 'elasticmapreduce.amazonaws.com'),
    ],
  },
  {
    name: 'NetworkAdministrator',
    description: 'Provides full access to network services.',
    statements: [
      ...everything('cloudfront', 'directconnect', 'elasticloadbalancing', 'networkmanager', 'route53'),
      allow(['ec2:*Address*', 'ec2:*Gateway*', 'ec2:*Network*', 'ec2:*Route*', 'ec2:*SecurityGroup*']),
      allow(['ec2:*Subnet*', 'ec2:*Vpc*', 'ec2:*Vpn*', 'ec2:Describe*', 'ec2:CreateTags', 'ec2:DeleteTags']),
    ],
  },
  {
    name: 'SupportUser',
    description: 'Lets people work on support cases and look at what they concern.',
    statements: [allow(['support:*', ...actionsOf(readableServices, ['Describe*', 'List*'])])],
  },
  {
    name: 'SystemAdministrator',
    description:
      'Provides access to the services that applications and machines need, not to users and policies.',
    statements: [
      ...everything('autoscaling', 'cloudformation', 'cloudtrail', 'cloudwatch', 'ec2', 'events', 'lambda'),
      ...everything('logs', 'rds', 'route53', 's3', 'sns', 'sqs', 'ssm'),
      allow(['iam:Get*', 'iam:List*']),
      passRoleTo('ec2.amazonaws.com', 'lambda.amazonaws.com'),
    ],
  },
  {
    name: 'ViewOnlyAccess',
    description: 'Lets people list what there is, without reading its contents.',
    statements: [allow([...viewed, 'iam:List*'])],
  },
].map((entry) => ({ ...entry, path: '/job-function/' }))

const queueReads = (service: string, ...verbs: readonly string[]) => allow(actionsOf([service], verbs))
const serviceRoles: readonly CatalogueEntry[] = [
  {
    name: 'AWSLambdaBasicExecutionRole',
    description: 'Lets a function write logs.',
    statements: [writeLogs],
  },
  {
    name: 'AWSLambdaVPCAccessExecutionRole',
    description: 'Lets a function run in a VPC and write logs.',
    statements: [writeLogs, networkInterfaces],
  },
  {
    name: 'AWSLambdaSQSQueueExecutionRole',
    description: 'Lets a function receive messages of a queue and write logs.',
    statements: [writeLogs, queueReads('sqs', 'DeleteMessage', 'GetQueueAttributes', 'ReceiveMessage')],
  },
  {
    name: 'AWSLambdaDynamoDBExecutionRole',
    description: 'Lets a function read DynamoDB streams and write logs.',
    statements: [
      writeLogs,
      queueReads('dynamodb', 'DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'),
    ],
  },
  {
    name: 'AWSLambdaKinesisExecutionRole',
    description: 'Lets a function read Kinesis streams and write logs.',
    statements: [writeLogs, ...reads('kinesis')],
  },
  {
    name: 'AmazonECSTaskExecutionRolePolicy',
    description: 'Lets a task pull its image and write logs.',
    statements: [pullImages, writeLogs],
  },
  {
    name: 'AmazonEC2ContainerServiceforEC2Role',
    description: 'Lets a machine run tasks of Amazon ECS.',
    statements: [
      pullImages,
      writeLogs,
      allow(['ec2:DescribeTags', 'ecs:*ContainerInstance', 'ecs:CreateCluster', 'ecs:Poll']),
      allow([
        'ecs:StartTelemetrySession',
        'ecs:Submit*',
        'ecs:TagResource',
        'ecs:UpdateContainerInstancesState',
      ]),
    ],
  },
  {
    name: 'AmazonAPIGatewayPushToCloudWatchLogs',
    description: 'Lets APIs write logs.',
    statements: [writeLogs, ...reads('logs')],
  },
  {
    name: 'AmazonEBSCSIDriverPolicy',
    description: 'Lets the storage driver of a Kubernetes cluster manage volumes.',
    statements: [
      allow(['ec2:*Snapshot', 'ec2:*Volume', 'ec2:CreateTags', 'ec2:DeleteTags', 'ec2:Describe*']),
    ],
  },
  {
    name: 'AmazonRDSEnhancedMonitoringRole',
    description: 'Lets databases write their measurements to logs.',
    statements: [writeLogs],
  },
  {
    name: 'AWS_ConfigRole',
    description: 'Lets AWS Config read the configuration of resources.',
    statements: [allow([...viewed, 'iam:Get*', 'iam:List*', 's3:GetBucket*'])],
  },
  {
    name: 'AWSGlueServiceRole',
    description: 'Lets AWS Glue run crawlers and jobs.',
    statements: [
      writeLogs,
      ...everything('glue'),
      ...reads('ec2', 's3'),
      allow(['s3:DeleteObject', 's3:PutObject'], 'arn:aws:s3:::aws-glue-*'),
    ],
  },
  {
    name: 'AWSCodeDeployRole',
    description: 'Lets AWS CodeDeploy replace machines and functions behind load balancers.',
    statements: [...everything('autoscaling', 'elasticloadbalancing'), ...reads('cloudwatch', 'ec2', 'tag')],
  },
  {
    name: 'AWSLambdaMSKExecutionRole',
    description: 'Lets a function read the topics of a cluster of Amazon MSK and write logs.',
    statements: [
      writeLogs,
      networkInterfaces,
      ...reads('kafka'),
      allow(['kafka-cluster:Connect', 'kafka-cluster:Describe*', 'kafka-cluster:ReadData']),
    ],
  },
  {
    name: 'AWSLambdaRole',
    description: 'Lets a service call functions.',
    statements: [allow(['lambda:InvokeFunction'])],
  },
  {
    name: 'AmazonEC2ContainerServiceAutoscaleRole',
    description: 'Lets Auto Scaling change how many tasks of Amazon ECS run.',
    statements: [
      allow(['ecs:DescribeServices', 'ecs:UpdateService']),
      allow(['cloudwatch:DescribeAlarms', 'cloudwatch:PutMetricAlarm']),
    ],
  },
  {
    name: 'AmazonEC2ContainerServiceEventsRole',
    description: 'Lets events start tasks of Amazon ECS.',
    statements: [allow(['ecs:RunTask', 'ecs:TagResource']), passRoleTo('ecs-tasks.amazonaws.com')],
  },
  {
    name: 'AmazonEC2RoleforSSM',
    description: 'Lets a machine be managed by AWS Systems Manager.',
    statements: managedMachine,
  },
  {
    name: 'AmazonEC2SpotFleetTaggingRole',
    description: 'Lets Spot Fleet start, tag and end machines.',
    statements: [
      allow(['ec2:CreateTags', 'ec2:Describe*', 'ec2:RequestSpotInstances', 'ec2:RunInstances']),
      allow(['ec2:TerminateInstances', 'elasticloadbalancing:Register*']),
      passRoleTo('ec2.amazonaws.com'),
    ],
  },
  {
    name: 'AmazonElasticMapReduceRole',
    description: 'Lets Amazon EMR start and end the machines of its clusters.',
    statements: [
      ...reads('cloudwatch', 's3'),
      allow(['ec2:*NetworkInterface', 'ec2:*SecurityGroup*', 'ec2:*Tags', 'ec2:*Volume', 'ec2:Describe*']),
      allow(['ec2:*SpotInstance*', 'ec2:RunInstances', 'ec2:ModifyInstanceAttribute']),
      allow(['ec2:TerminateInstances', 'cloudwatch:*Alarm*', 'sqs:*Queue*', 'sqs:*Message']),
      listRoles,
      passRoleTo('ec2.amazonaws.com'),
    ],
  },
  {
    name: 'AmazonElasticMapReduceforEC2Role',
    description: 'Lets the machines of a cluster of Amazon EMR use the services that hold its data.',
    statements: [
      ...everything('cloudwatch', 'dynamodb', 'kinesis', 's3', 'sdb', 'sns', 'sqs'),
      ...reads('ec2', 'elasticmapreduce', 'rds'),
      allow(['glue:*Database*', 'glue:*Partition*', 'glue:*Table*', 'glue:*UserDefinedFunction*']),
    ],
  },
  {
    name: 'AWSControlTowerServiceRolePolicy',
    description: 'Lets AWS Control Tower set up and watch the accounts of an organization.',
    statements: [
      ...everything('cloudformation', 'cloudtrail', 'config', 'controltower'),
      ...reads('account', 'organizations', 'sso'),
      allow(['sts:AssumeRole'], ['arn:aws:iam::*:role/AWSControlTowerExecution']),
      allow(['logs:*LogGroup*', 'logs:*RetentionPolicy', 's3:GetObject', 'sns:Publish']),
      passRoleTo('cloudtrail.amazonaws.com', 'config.amazonaws.com', 'cloudformation.amazonaws.com'),
    ],
  },
  {
    name: 'AWSBatchServiceRole',
    description: 'Lets AWS Batch run jobs on machines and containers.',
    statements: [
      writeLogs,
      ...everything('autoscaling', 'ecs'),
      allow(['ec2:*LaunchTemplate*', 'ec2:*SpotFleet*', 'ec2:Describe*', 'ec2:RunInstances']),
      allow(['ec2:CreateTags', 'ec2:TerminateInstances']),
      listRoles,
      passRoleTo('ec2.amazonaws.com', 'ecs-tasks.amazonaws.com', 'spotfleet.amazonaws.com'),
    ],
  },
  {
    name: 'AWSBackupServiceRolePolicyForBackup',
    description: 'Lets AWS Backup make backups.',
    statements: [
      ...everything('backup', 'backup-storage'),
      ...reads('dynamodb', 'ec2', 'elasticfilesystem', 'kms', 'rds', 's3', 'tag'),
      allow(['dynamodb:CreateBackup', 'ec2:*Snapshot', 'ec2:CreateImage', 'ec2:CreateTags']),
      allow(['elasticfilesystem:Backup', 'rds:*Snapshot', 'rds:AddTagsToResource', 'kms:CreateGrant']),
      allow(['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*']),
    ],
  },
  {
    name: 'AWSBackupServiceRolePolicyForRestores',
    description: 'Lets AWS Backup restore backups.',
    statements: [
      ...everything('backup', 'backup-storage'),
      ...reads('dynamodb', 'ec2', 'elasticfilesystem', 'kms', 'rds'),
      allow(['dynamodb:RestoreTableFromBackup', 'ec2:*Volume', 'ec2:CreateTags', 'ec2:RunInstances']),
      allow(['elasticfilesystem:Create*', 'elasticfilesystem:Restore', 'rds:Restore*', 's3:PutObject*']),
      allow(['kms:CreateGrant', 'kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*']),
      passRoleTo('ec2.amazonaws.com'),
    ],
  },
  {
    name: 'AWSDataLifecycleManagerServiceRole',
    description: 'Lets snapshots of volumes be made and deleted by a schedule.',
    statements: [allow(['ec2:*Snapshot', 'ec2:*Snapshots', 'ec2:CreateTags', 'ec2:Describe*'])],
  },
  {
    name: 'AWSCodeDeployRoleForLambda',
    description: 'Lets AWS CodeDeploy replace functions.',
    statements: [
      allow(['lambda:GetAlias', 'lambda:GetProvisionedConcurrencyConfig', 'lambda:UpdateAlias']),
      allow(['lambda:InvokeFunction'], 'arn:aws:lambda:*:*:function:CodeDeployHook_*'),
      allow(['cloudwatch:DescribeAlarms', 's3:GetObject', 's3:GetObjectVersion', 'sns:Publish']),
    ],
  },
  {
    name: 'AmazonDMSVPCManagementRole',
    description: 'Lets migrations of databases manage the addresses of their machines.',
    statements: [networkInterfaces, allow(['ec2:Describe*', 'ec2:ModifyNetworkInterfaceAttribute'])],
  },
  {
    name: 'AmazonDMSCloudWatchLogsRole',
    description: 'Lets migrations of databases write logs.',
    statements: [writeLogs, allow(['logs:Describe*'])],
  },
  {
    name: 'AWSAppSyncPushToCloudWatchLogs',
    description: 'Lets APIs write logs.',
    statements: [writeLogs],
  },
].map((entry) => ({ ...entry, path: '/service-role/' }))

export const catalogue: readonly CatalogueEntry[] = [
  ...services,
  ...identity,
  ...jobFunctions,
  ...serviceRoles,
]
