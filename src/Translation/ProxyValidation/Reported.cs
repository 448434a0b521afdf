using Solo.Gloo;
using HostError = Solo.Gloo.VirtualHostReport.Types.Error;
using HttpError = Solo.Gloo.HttpListenerReport.Types.Error;
using HttpWarning = Solo.Gloo.HttpListenerReport.Types.Warning;
using ListenerError = Solo.Gloo.ListenerReport.Types.Error;
using ListenerWarning = Solo.Gloo.ListenerReport.Types.Warning;
using RouteError = Solo.Gloo.RouteReport.Types.Error;
using RouteWarning = Solo.Gloo.RouteReport.Types.Warning;

namespace Stagedoor.Translation.ProxyValidation;

/// <summary>One error or warning in the terms of Gloo's reports.</summary>
/// <param name="IsError">Whether it is an error.</param>
/// <param name="Type">Name of the type; one that a level does not have becomes its processing error.</param>
/// <param name="Reason">What is wrong.</param>
internal readonly record struct Reported(bool IsError, string Type, string Reason)
{
    public void AddTo(RouteReport report)
    {
        if (!IsError)
        {
            report.Warnings.Add(new RouteWarning
            {
                Type = RouteWarning.Types.Type.InvalidDestinationWarning,
                Reason = Reason,
            });
            return;
        }

        var isMatcher = Type == nameof(RouteError.Types.Type.InvalidMatcherError);
        report.Errors.Add(new RouteError
        {
            Type = isMatcher ? RouteError.Types.Type.InvalidMatcherError : RouteError.Types.Type.ProcessingError,
            Reason = Reason,
        });
    }

    public void AddTo(VirtualHostReport report) => report.Errors.Add(new HostError
    {
        Type = Enum.TryParse<HostError.Types.Type>(Type, out var type) ? type : HostError.Types.Type.ProcessingError,
        Reason = Reason,
    });

    public void AddTo(HttpListenerReport report)
    {
        if (IsError)
        {
            report.Errors.Add(new HttpError { Type = HttpError.Types.Type.ProcessingError, Reason = Reason });
            return;
        }

        report.Warnings.Add(new HttpWarning
        {
            Type = Type == nameof(HttpWarning.Types.Type.InvalidDestinationWarning)
                ? HttpWarning.Types.Type.InvalidDestinationWarning
                : HttpWarning.Types.Type.UnknownWarning,
            Reason = Reason,
        });
    }

    public void AddTo(ListenerReport report)
    {
        if (!IsError)
        {
            report.Warnings.Add(new ListenerWarning
            {
                Type = ListenerWarning.Types.Type.SslconfigWarning,
                Reason = Reason,
            });
            return;
        }

        report.Errors.Add(new ListenerError
        {
            Type = Type == "SSLConfigError" ? ListenerError.Types.Type.SslconfigError
                : Enum.TryParse<ListenerError.Types.Type>(Type, out var type) ? type
                : ListenerError.Types.Type.ProcessingError,
            Reason = Reason,
        });
    }
}
