using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Envoy.Service.Discovery.V3;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Stagedoor.Xds.Server.Security;
using Stagedoor.Xds.Server.Tests.Support;
using Stagedoor.Xds.Tests.Support;
using Xunit;

namespace Stagedoor.Xds.Server.Tests.Security;

/// <summary>Rule A6: certificates change without a stream noticing.</summary>
public sealed class TlsReloadTests : IAsyncLifetime
{
    private readonly TestCa _ca = new();
    private X509Certificate2 _first = null!;
    private TlsFolder _files = null!;
    private TestServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _first = _ca.Issue("localhost");
        _files = new TlsFolder(_first, _ca.Pem);
        _server = await TestServer.StartAsync(
            options => options.Tls = _files.Options with { ReloadInterval = TimeSpan.FromHours(1) });
        _server.Cell().Publish(Make.Snapshot(1, Make.Cluster("a")));
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _files.Dispose();
        _ca.Dispose();
    }

    [Fact]
    public async Task A_new_certificate_serves_new_connections_and_streams_go_on()
    {
        using var stream = await OpenAsync();
        var next = _ca.Issue("localhost");
        _files.Write(next);

        Refresh().ShouldBeTrue();

        (await ServerCertificateAsync()).ShouldBe(next.SerialNumber);
        await StillServedAsync(stream);
    }

    [Fact]
    public async Task Files_are_looked_at_again_and_again()
    {
        using var files = new TlsFolder(_first, _ca.Pem);
        await using var server = await TestServer.StartAsync(
            options => options.Tls = files.Options with { ReloadInterval = TimeSpan.FromMilliseconds(20) });
        files.Write(_ca.Issue("localhost"));

        server.Log.WaitFor("new TLS files").ShouldContain(files.At("tls.crt"));
    }

    [Theory]
    [InlineData("tls.key", "-----BEGIN PRIVATE KEY-----\nc2VjcmV0LXBhcnQ=\n-----END PRIVATE KEY-----")]
    [InlineData("tls.crt", "garbage")]
    [InlineData("tls.crt", "")]
    [InlineData("ca.crt", "")]
    [InlineData("ca.crt", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----")]
    public async Task A_broken_new_file_keeps_the_old_ones_and_is_reported_once(string name, string text)
    {
        using var stream = await OpenAsync();
        _files.Write(name, text);

        Refresh().ShouldBeFalse();
        Refresh().ShouldBeFalse();

        (await ServerCertificateAsync()).ShouldBe(_first.SerialNumber);
        await StillServedAsync(stream);
        var report = _server.Log.Lines.Where(line => line.Text.Contains("SD4014")).ShouldHaveSingleItem().Text;
        report.ShouldContain(_files.At(name == "tls.key" ? "tls.key" : name));
        report.ShouldNotContain("c2VjcmV0");
    }

    [Fact]
    public async Task A_key_of_another_certificate_an_ended_certificate_and_a_missing_file_are_broken_too()
    {
        _files.Write("tls.crt", _ca.Issue("localhost").ExportCertificatePem());
        Refresh().ShouldBeFalse();
        _files.Write(_ca.Issue(DateTimeOffset.UtcNow.AddHours(-1), "localhost"));
        Refresh().ShouldBeFalse();
        File.Delete(_files.At("tls.key"));
        Refresh().ShouldBeFalse();
        (await ServerCertificateAsync()).ShouldBe(_first.SerialNumber);

        var last = _ca.Issue("localhost");
        _files.Write(last);
        Refresh().ShouldBeTrue();
        (await ServerCertificateAsync()).ShouldBe(last.SerialNumber);
    }

    [Fact]
    public async Task Two_authorities_overlap_and_one_that_is_taken_away_lets_nobody_new_in()
    {
        using var next = new TestCa("next");
        using var stream = await OpenAsync();
        _files.Write("ca.crt", _ca.Pem + "\n" + next.Pem);
        Refresh().ShouldBeTrue();
        using var other = await OpenAsync(next);

        _files.Write("ca.crt", next.Pem);
        Refresh().ShouldBeTrue();

        await Should.ThrowAsync<Exception>(async () =>
        {
            using var late = await OpenAsync();
        });
        await StillServedAsync(stream);
    }

    [Fact]
    public async Task Files_that_are_broken_at_the_start_are_an_error()
    {
        File.Delete(_files.At("tls.key"));

        var failure = await Should.ThrowAsync<TlsFilesException>(
            () => TestServer.StartAsync(options => options.Tls = _files.Options));

        failure.Message.ShouldContain(_files.At("tls.key"));
    }

    private bool Refresh() => _server.Services.GetRequiredService<TlsFiles>().Refresh();

    private async Task<DeltaCall> OpenAsync(TestCa? ca = null)
    {
        var certificate = (ca ?? _ca).Issue("spiffe://td/ns/ns/sa/p");
        var call = new DeltaCall(
            new AggregatedDiscoveryService.AggregatedDiscoveryServiceClient(_server.Connect(certificate)),
            AdsCall.NodeOf());
        await call.SubscribeAsync(XdsType.Cluster);
        await call.AckAsync(await call.GetAsync(XdsType.Cluster));
        return call;
    }

    private async Task StillServedAsync(DeltaCall call)
    {
        _server.Cell().Publish(Make.Snapshot(2, Make.Cluster("a", "v2")));
        (await call.GetAsync(XdsType.Cluster)).Resources.Count.ShouldBe(1);
    }

    private async Task<string> ServerCertificateAsync()
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync("127.0.0.1", _server.Port, TestContext.Current.CancellationToken);
        await using var tls = new SslStream(tcp.GetStream(), false, (_, certificate, _, _) => certificate is not null);
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                ClientCertificateContext = SslStreamCertificateContext.Create(
                    _ca.Issue("spiffe://td/ns/ns/sa/p"), [], offline: true),
            },
            TestContext.Current.CancellationToken);
        return X509CertificateLoader.LoadCertificate(tls.RemoteCertificate!.Export(X509ContentType.Cert)).SerialNumber;
    }
}
