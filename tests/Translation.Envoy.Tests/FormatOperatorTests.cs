using Shouldly;
using Xunit;

namespace Stagedoor.Translation.Envoy.Tests;

/// <summary>Each of these was given to Envoy 1.36.4 and 1.40.0 as the format of an access log.</summary>
public sealed class FormatOperatorTests
{
    [Theory]
    [InlineData("plain, 100%% of it")]
    [InlineData("%START_TIME(%Y/%m/%dT%H:%M:%S.%3fZ)% %DURATION()%")]
    [InlineData("%START_TIME(a)b)%")]
    [InlineData("%REQ(:METHOD)% %REQ(X?Y):10% %RESP(a)% %TRAILER(a?b):4%")]
    [InlineData("%FILTER_STATE(x:FIELD:y)% %UPSTREAM_FILTER_STATE(x)% %CEL(size(request.path))%")]
    [InlineData("%COMMON_DURATION(DS_RX_BEG:DS_TX_END:ms)% %GRPC_STATUS(CAMEL_STRING)% %PATH(NQ:ORIG)%")]
    [InlineData("%REQ_WITHOUT_QUERY(X?:PATH)% %METADATA(ROUTE:ns:key)%")]
    public void Both_versions_take_it(string format) =>
        FormatOperators.Problem(format, true).ShouldBeNull();

    [Theory]
    [InlineData("%NOPE%")]
    [InlineData("%duration%")]
    [InlineData("50% off")]
    [InlineData("%DURATION")]
    [InlineData("%REQ%")]
    [InlineData("%REQ(a b)%")]
    [InlineData("%REQ(a?b?c)%")]
    [InlineData("%HOSTNAME(x)%")]
    [InlineData("%TRACE_ID:5%")]
    [InlineData("%FILTER_STATE(x:BOGUS)%")]
    [InlineData("%PATH(BAD)%")]
    [InlineData("%COMMON_DURATION(x:y:zz)%")]
    [InlineData("%METADATA(BAD:x)%")]
    [InlineData("%UPSTREAM_HOSTS_ATTEMPTED%")]
    [InlineData("%QUERY_PARAMS%")]
    [InlineData("%DYNAMIC_METADATA(a:b):5%")]
    public void One_of_them_refuses_it(string format) =>
        FormatOperators.Problem(format, true).ShouldNotBeNull();

    [Fact]
    public void Outside_of_files_there_are_no_extra_formatters() =>
        FormatOperators.Problem("%REQ_WITHOUT_QUERY(X)%", false).ShouldNotBeNull();
}
