using Envoy.Config.Core.V3;
using Envoy.Service.ExtProc.V3;
using Envoy.Type.V3;
using Google.Protobuf;
using Grpc.Core;

namespace Stagedoor.Filters.Live.Tests;

/// <summary>Adds <c>x-processed</c> to requests, and refuses those with <c>x-refuse</c>.</summary>
internal sealed class ProcessingServer : ExternalProcessor.ExternalProcessorBase
{
    public override async Task Process(
        IAsyncStreamReader<ProcessingRequest> requests, IServerStreamWriter<ProcessingResponse> responses,
        ServerCallContext context)
    {
        await foreach (var request in requests.ReadAllAsync(context.CancellationToken))
        {
            if (request.RequestHeaders?.Headers is not { } headers) continue;
            await responses.WriteAsync(headers.Headers.Any(header => header.Key == "x-refuse")
                ? new ProcessingResponse
                {
                    ImmediateResponse = new ImmediateResponse
                    {
                        Status = new HttpStatus { Code = (Envoy.Type.V3.StatusCode)418 },
                        Body = ByteString.CopyFromUtf8("refused"),
                    },
                }
                : new ProcessingResponse { RequestHeaders = new HeadersResponse { Response = Added() } });
        }
    }

    private static CommonResponse Added() => new()
    {
        HeaderMutation = new HeaderMutation
        {
            SetHeaders =
            {
                new HeaderValueOption
                {
                    Header = new HeaderValue { Key = "x-processed", RawValue = ByteString.CopyFromUtf8("yes") },
                },
            },
        },
    };
}
