using Envoy.Config.Core.V3;
using Envoy.Service.Auth.V3;
using Envoy.Type.V3;
using Google.Rpc;
using Grpc.Core;

namespace Stagedoor.Filters.Live.Tests;

/// <summary>Lets pass who sends <c>x-user</c>; tells the application the context extension <c>who</c>.</summary>
internal sealed class GrpcAuthServer : Authorization.AuthorizationBase
{
    public override Task<CheckResponse> Check(CheckRequest request, ServerCallContext context)
    {
        var attributes = request.Attributes;
        if (!attributes.Request.Http.Headers.ContainsKey("x-user"))
        {
            return Task.FromResult(new CheckResponse
            {
                Status = new Google.Rpc.Status { Code = (int)Code.PermissionDenied },
                DeniedResponse = new DeniedHttpResponse
                {
                    Status = new HttpStatus { Code = Envoy.Type.V3.StatusCode.Forbidden },
                    Body = "not you",
                },
            });
        }

        return Task.FromResult(new CheckResponse
        {
            Status = new Google.Rpc.Status { Code = (int)Code.Ok },
            OkResponse = new OkHttpResponse
            {
                Headers =
                {
                    new HeaderValueOption
                    {
                        Header = new HeaderValue
                        {
                            Key = "x-context",
                            Value = attributes.ContextExtensions.GetValueOrDefault("who", "nobody"),
                        },
                    },
                },
            },
        });
    }
}
