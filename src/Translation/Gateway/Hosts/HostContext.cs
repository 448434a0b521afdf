namespace Stagedoor.Translation.Gateway;

/// <summary>What every virtual host of a Proxy is built with.</summary>
internal sealed record HostContext(GatewayInputs Inputs, EdgeSettings Settings, string ProxyName);
