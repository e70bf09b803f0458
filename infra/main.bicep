// Everything that the bot needs in Azure, in one resource group; docs/deploy.md goes through it step by step.

@description('What things are called; those that need a name of their own in all of Azure get letters behind it.')
@minLength(4)
@maxLength(32)
param name string = 'partner-benefits'

@description('How the bot is called where people see it.')
@maxLength(42)
param displayName string = 'Partner Benefits'

param location string = resourceGroup().location

@description('The container registry in this resource group that has the image.')
param registryName string

@description('The image in the registry, as partner-benefits:TAG.')
param image string

@description('Tenants whose people may use the bot, comma-separated ids.')
param allowedTenants string = subscription().tenantId

@description('The first account admins, comma-separated tenantId/objectId.')
param accountAdmins string

@description('Who e-mails are from: "Name <address>" or an address.')
param mailFrom string

@description('The mail server, smtps://user:password@host; see .env.example.')
@secure()
param smtpUrl string

@description('What product keys are encrypted with: id:base64 of 32 bytes, the newest first.')
@secure()
param keyEncryptionKeys string

@description('What a fulfilment system signs with.')
@minLength(32)
@secure()
param activationWebhookSecret string

@description('Tenants whose users are taken over from Entra ID every day, comma-separated ids; none, if empty.')
param usersFromEntra string = ''

@description('The id that the app has in the Teams catalogue, to install it for who never opened it; not, if empty.')
param teamsCatalogAppId string = ''

@description('How storage is copied; Standard_LRS where a region has no zones.')
param storageSku string = 'Standard_ZRS'

var unique = uniqueString(resourceGroup().id)
var port = 3978

// The bot's own identity: to Teams, to the tables, to the secrets and to the registry.
resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: name
  location: location
}

resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: 'st${unique}'
  location: location
  kind: 'StorageV2'
  sku: { name: storageSku }
  properties: {
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: 'kv-${unique}'
  location: location
  properties: {
    tenantId: subscription().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enableSoftDelete: true
    enablePurgeProtection: true // without its encryption keys, no product key can be opened any more
  }
}

resource smtpUrlSecret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {
  parent: vault
  name: 'smtp-url'
  properties: { value: smtpUrl }
}

resource encryptionKeysSecret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {
  parent: vault
  name: 'key-encryption-keys'
  properties: { value: keyEncryptionKeys }
}

resource webhookSecret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {
  parent: vault
  name: 'activation-webhook-secret'
  properties: { value: activationWebhookSecret }
}

resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' existing = {
  name: registryName
}

var roles = {
  storageTableDataContributor: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3'
  keyVaultSecretsUser: '4633458b-17de-408a-b874-0445c86b69e6'
  acrPull: '7f951dda-4ed3-4680-a7ca-43fe172d538d'
}

resource mayUseTables 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(storage.id, identity.id, roles.storageTableDataContributor)
  scope: storage
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.storageTableDataContributor)
  }
}

resource mayReadSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, identity.id, roles.keyVaultSecretsUser)
  scope: vault
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.keyVaultSecretsUser)
  }
}

resource mayPull 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(registry.id, identity.id, roles.acrPull)
  scope: registry
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.acrPull)
  }
}

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: name
  location: location
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: 30
  }
}

// What the Bot Service says of the way from Teams to the bot; the bot's own log goes to the workspace.
resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: name
  location: location
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: logs.id
  }
}

resource containers 'Microsoft.App/managedEnvironments@2025-01-01' = {
  name: name
  location: location
  properties: {
    appLogsConfiguration: {
      destination: 'log-analytics'
      logAnalyticsConfiguration: {
        customerId: logs.properties.customerId
        sharedKey: logs.listKeys().primarySharedKey
      }
    }
  }
}

resource app 'Microsoft.App/containerApps@2025-01-01' = {
  name: name
  location: location
  dependsOn: [mayUseTables, mayReadSecrets, mayPull]
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    environmentId: containers.id
    configuration: {
      activeRevisionsMode: 'Single'
      ingress: {
        external: true
        targetPort: port
        transport: 'http'
        allowInsecure: false
      }
      registries: [{ server: registry.properties.loginServer, identity: identity.id }]
      // By addresses without a version: a new version is taken within half an hour.
      secrets: [
        { name: 'smtp-url', keyVaultUrl: smtpUrlSecret.properties.secretUri, identity: identity.id }
        { name: 'key-encryption-keys', keyVaultUrl: encryptionKeysSecret.properties.secretUri, identity: identity.id }
        { name: 'activation-webhook-secret', keyVaultUrl: webhookSecret.properties.secretUri, identity: identity.id }
      ]
    }
    template: {
      terminationGracePeriodSeconds: 20 // the bot ends within 10 s
      scale: {
        minReplicas: 2
        maxReplicas: 5
        rules: [{ name: 'http', http: { metadata: { concurrentRequests: '50' } } }]
      }
      containers: [
        {
          name: 'bot'
          image: '${registry.properties.loginServer}/${image}'
          resources: { cpu: json('0.5'), memory: '1Gi' }
          env: [
            { name: 'BOT_MODE', value: 'teams' }
            { name: 'PORT', value: string(port) }
            { name: 'MicrosoftAppType', value: 'UserAssignedMSI' }
            { name: 'MicrosoftAppId', value: identity.properties.clientId }
            { name: 'MicrosoftAppTenantId', value: identity.properties.tenantId }
            { name: 'ALLOWED_TENANTS', value: allowedTenants }
            { name: 'STORAGE_ACCOUNT_URL', value: storage.properties.primaryEndpoints.table }
            { name: 'ACCOUNT_ADMINS', value: accountAdmins }
            { name: 'MAIL_FROM', value: mailFrom }
            { name: 'USERS_FROM_ENTRA', value: usersFromEntra }
            { name: 'TEAMS_CATALOG_APP_ID', value: teamsCatalogAppId }
            { name: 'SMTP_URL', secretRef: 'smtp-url' }
            { name: 'KEY_ENCRYPTION_KEYS', secretRef: 'key-encryption-keys' }
            { name: 'ACTIVATION_WEBHOOK_SECRET', secretRef: 'activation-webhook-secret' }
          ]
          probes: [
            { type: 'Startup', httpGet: { path: '/healthz', port: port }, periodSeconds: 3, failureThreshold: 10 }
            { type: 'Liveness', httpGet: { path: '/healthz', port: port }, timeoutSeconds: 3 }
            // It answers within 2 s, also when storage doesn't.
            { type: 'Readiness', httpGet: { path: '/readyz', port: port }, periodSeconds: 5, timeoutSeconds: 3 }
          ]
        }
      ]
    }
  }
}

var domain = app.properties.configuration.ingress.fqdn
var endpoint = 'https://${domain}/api/messages'

resource bot 'Microsoft.BotService/botServices@2022-09-15' = {
  name: '${name}-${unique}'
  location: 'global'
  kind: 'azurebot'
  sku: { name: 'F0' }
  properties: {
    displayName: displayName
    endpoint: endpoint
    msaAppType: 'UserAssignedMSI'
    msaAppId: identity.properties.clientId
    msaAppTenantId: identity.properties.tenantId
    msaAppMSIResourceId: identity.id
    developerAppInsightKey: insights.properties.InstrumentationKey
    developerAppInsightsApplicationId: insights.properties.AppId
  }
}

resource teams 'Microsoft.BotService/botServices/channels@2022-09-15' = {
  parent: bot
  name: 'MsTeamsChannel'
  location: 'global'
  properties: {
    channelName: 'MsTeamsChannel'
    properties: { isEnabled: true }
  }
}

output BOT_ENDPOINT string = endpoint
output BOT_DOMAIN string = domain
output BOT_ID string = identity.properties.clientId
output STORAGE_ACCOUNT_URL string = storage.properties.primaryEndpoints.table
output KEY_VAULT_NAME string = vault.name
output CONTAINER_APP_NAME string = app.name
