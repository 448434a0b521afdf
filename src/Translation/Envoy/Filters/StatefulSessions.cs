using Envoy.Extensions.Filters.Http.StatefulSession.V3;
using Google.Protobuf;
using Stagedoor.Translation.Validation;
using CookieState = Envoy.Extensions.Http.StatefulSession.Cookie.V3.CookieBasedSessionState;
using HeaderState = Envoy.Extensions.Http.StatefulSession.Header.V3.HeaderBasedSessionState;
using StateCase = Solo.Gloo.Options.StatefulSession.StatefulSession.SessionStateOneofCase;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// <c>statefulSession</c> of listeners: requests of a session go to one host. Enterprise-only with Gloo, and a filter
/// of stock Envoy.
/// </summary>
internal sealed class StatefulSessions : HttpFeature
{
    private const string Name = "envoy.filters.http.stateful_session";

    public override string ListenerFields => "statefulSession";

    public override void OnListener(FilterChainScope chain)
    {
        if (chain.Options.StatefulSession is not { } input) return;
        switch (input.SessionStateCase)
        {
            case StateCase.CookieBased when HeaderChecks.IsToken(input.CookieBased.Cookie?.Name ?? ""):
                var cookie = input.CookieBased.Cookie!;
                Add(chain, input.Strict, "envoy.http.stateful_session.cookie", new CookieState
                {
                    Cookie = new global::Envoy.Type.Http.V3.Cookie
                    {
                        Name = cookie.Name,
                        Path = cookie.Path,
                        Ttl = cookie.Ttl,
                    },
                });
                break;
            case StateCase.HeaderBased when HeaderChecks.CheckName(input.HeaderBased.HeaderName) is null:
                Add(
                    chain, input.Strict, "envoy.http.stateful_session.header",
                    new HeaderState { Name = input.HeaderBased.HeaderName });
                break;
            default:
                chain.Error("statefulSession needs cookieBased.cookie.name or headerBased.headerName");
                break;
        }
    }

    private static void Add(FilterChainScope chain, bool isStrict, string state, IMessage config) =>
        chain.Add(FilterSlot.During(FilterStage.Route), Name, new StatefulSession
        {
            Strict = isStrict,
            SessionState = new EnvoyCore.TypedExtensionConfig { Name = state, TypedConfig = AnyTypes.Pack(config) },
        });
}
