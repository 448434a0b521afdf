using Shouldly;
using static Stagedoor.Filters.Live.Tests.TransformationCase;

namespace Stagedoor.Filters.Live.Tests;

/// <summary>The cases, by number and path.</summary>
internal static class TransformationCases
{
    private const string Words = """
        {"s":"aBc","items":[3,1,2],"map":{"b":true,"a":null}}
        """;

    private static readonly string Deep = new('[', 200);

    private static readonly TransformationCase[] Plain =
    [
        ReceivesHeader("/fixed-headers", null, "x-set", "100% fixed", ("x-set", "client")),
        ReceivesHeader("/fixed-headers", null, "x-add", "client,more", ("x-add", "client")),
        ReceivesHeader("/fixed-headers", null, "x-gone", null, ("x-gone", "client")),
        ReceivesHeader("/header-function", null, "x-copy", "abc!", ("x-in", "abc")),
        ReceivesHeader("/header-function", null, "x-copy", "!"),
        ReceivesHeader("/header-empties", null, "x-in", null, ("x-in", "abc")),
        Receives(
            "/body-template", """{"user":{"name":"Ann"},"items":[1,2]}""", """{"name":"Ann","first":1}"""),
        Receives("/body-advanced", """{"user":{"name":"Ann"},"items":[1,2]}""", "Ann-2"),
        Receives("/dont-parse", "not json", "<not json>"),
        Receives("/dont-parse", null, "<>"),
        Receives("/ignore-error", "not json", "not json"),
        ReceivesHeader("/ignore-error", """{"name":"x"}""", "x-ok", "x"),
        Gets("/parse-required", "not json", 400, "bad request"),
        ReceivesHeader("/parse-required", "{}", "x-a", "b"),
        ReceivesHeader("/parse-required", null, "x-a", "b"),
        Receives("/conditions", """{"age":20,"name":"bob"}""", "adult"),
        Receives("/conditions", """{"age":20,"name":"eve"}""", "child"),
        Receives("/conditions", """{"age":-1,"name":"bob"}""", "unborn"),
        Receives("/loops", """{"items":["a","b"],"map":{"y":2,"x":1}}""", "1=a,2=b;x:1 y:2 "),
        Receives("/set", """{"price":2.5,"count":4}""", "10 3.33"),
        Receives(
            "/functions", Words,
            "ABC abc 3 3 1+2+3 3 2 3 1 aBc Abc 1 true false true 8 true true [0,1,2] true 3 8 true true"),
        Receives("/base64", "häß\u0001", "aMOkw58B|häß\u0001|hi"),
        Receives("/substring", "abcdef", "cde|ef||bcdef"),
        new("/random", "X-X", answer => answer.EchoBody.ShouldMatch("^([A-Za-z0-9_-]{20,})-\\1$")),
        Receives(
            "/context", """ {"b":[true,false,null,{}],"a":{"x":"\u00e4\n"}} """,
            """{"a":{"x":"ä\n"},"b":[true,false,null,{}]}"""),
        new("/env", null, answer =>
        {
            answer.EchoHeader("x-home").ShouldNotBe("[]");
            answer.EchoHeader("x-none").ShouldBe("[]");
        }),
        Receives(
            "/numbers", "[0,-1,1.5,1e3,12345678901234567890,9007199254740993,-0.1,1.10]",
            "[0,-1,1.5,1e3,12345678901234567890,9007199254740993,-0.1,1.10]"),
        Gets("/numbers", "[01]", 400, "bad request"),
        Gets("/numbers", "[1,]", 400, "bad request"),
        Gets("/numbers", Deep, 400, "bad request"),
    ];

    private static readonly TransformationCase[] Extractors =
    [
        ReceivesHeader("/extract-header/users/42?x=1", null, "x-user-id", "42"),
        ReceivesHeader("/extract-header/users/abc", null, "x-user-id", null),
        ReceivesHeader("/extract-no-match", null, "x-id", "<>", ("x-in", "12a")),
        ReceivesHeader("/extract-no-match", null, "x-id", "<12>", ("x-in", "12")),
        ReceivesHeader("/extract-body", "<html><title>Pets</title></html>", "x-title", "Pets"),
        ReceivesHeader("/single-replace", null, "x-out", "a-***-b", ("x-in", "a-secret-b")),
        ReceivesHeader("/single-replace", null, "x-out", "plain", ("x-in", "plain")),
        Receives("/replace-all", "a=1&b=22&C=3", "1:a&22:b&C=3"),
        ReceivesHeader("/advanced-extraction", null, "x-id", "bc", ("x-in", "abc")),
        Receives("/merge-extractors", """{"c":1}""", """{"a":{"b":"x\"y"},"c":1}""", ("x-in", "x\"y")),
        Receives(
            "/merge-keys", """{"old":1,"empty":"stays","kept":"goes"}""",
            """{"added":"new","empty":"stays","kept":"","old":1}""", ("x-in", "new")),
    ];

    private static readonly TransformationCase[] Others =
    [
        new("/path-rewrite?a=b", null, answer =>
        {
            answer.EchoPath.ShouldBe("/changed/path-rewrite?a=b");
            answer.Echo.GetProperty("method").GetString().ShouldBe("PUT");
        }),
        Gets("/response-body", null, 200, "was Ann", ("x-reply-body", """{"name":"Ann"}""")),
        GetsHeader("/response-body", null, "x-status", "200", ("x-reply-body", """{"name":"Ann"}""")),
        GetsHeader("/response-body", null, "content-type", "text/plain", ("x-reply-body", """{"name":"Ann"}""")),
        Gets("/response-status", null, 201, "ok", ("x-reply-body", "ok")),
        GetsHeader("/response-request-header", null, "x-who", "ann", ("x-user", "ann")),
        Gets("/response-not-json", null, 400, "bad request", ("x-reply-body", "not json")),
        new("/wrap?a=1&a=2", "text", answer =>
        {
            var sent = System.Text.Json.JsonDocument.Parse(answer.EchoBody).RootElement;
            sent.GetProperty("body").GetString().ShouldBe("text");
            sent.GetProperty("httpMethod").GetString().ShouldBe("POST");
            sent.GetProperty("path").GetString().ShouldBe("/wrap");
            sent.GetProperty("queryString").GetString().ShouldBe("a=1&a=2");
            sent.GetProperty("multiValueQueryStringParameters").GetProperty("a")[1].GetString().ShouldBe("2");
            sent.GetProperty("headers").GetProperty("x-in").GetString().ShouldBe("v");
        }, ("x-in", "v")),
        Receives("/comments", "", "a bcd\n1"),
        ReceivesHeader("/matchers/a", "", "x-match", "post-a", ("x-kind", "a")),
        ReceivesHeader("/matchers/a", null, "x-match", "kind", ("x-kind", "abc")),
        ReceivesHeader("/matchers/12?q=1", null, "x-match", "number", ("x-kind", "x")),
        ReceivesHeader("/matchers/exact", null, "x-match", "exact", ("x-not", "here")),
        ReceivesHeader("/matchers/exact", null, "x-match", null, ("x-not", "there")),
        GetsHeader("/matchers", null, "x-answer", "not-found", ("x-reply-status", "404")),
        GetsHeader("/matchers", null, "x-answer", "other"),
        Gets("/clear", null, 299, "cleared"),
        ReceivesHeader("/stages", null, "x-order", "early,regular,late,"),
        GetsHeader("/stages", null, "x-order", "late,regular,early,"),
        ReceivesHeader("/deprecated", null, "x-old", "in", ("x-in", "in")),
        GetsHeader("/deprecated", null, "x-old", "answer"),
        ReceivesHeader("/", null, "x-level", "host", Levels),
        ReceivesHeader("/own", null, "x-level", null, Levels),
        ReceivesHeader("/own", null, "x-own", "route", Levels),
        ReceivesHeader("/weights", null, "x-level", "destination", Levels),
    ];

    // What a client or an application sends must never become anything but data.
    private static readonly TransformationCase[] Hostile =
    [
        Receives("/escape", """{"s":"a\"b\\\n"}""", """{"s":"a\"b\\\n"}"""),
        Receives("/raw-string", """{"s":"a\"b\\\n"}""", """{"s":"a\"b\\\n"}"""),
        Gets("/hostile-value", """{"name":"a\r\nx-evil: 1"}""", 400, "bad request"),
        Gets("/hostile-value", """{"name":"a\u0000b"}""", 400, "bad request"),
        Receives("/hostile-value", """{"name":"{{ env(\"PATH\") }}"}""", """n={{ env("PATH") }}"""),
        Receives("/hostile-value", """{"name":"\"]] os.exit(1) --"}""", """n="]] os.exit(1) --"""),
        ReceivesHeader("/hostile-value", """{"name":"ä%REQ(x)%"}""", "x-name", "ä%REQ(x)%"),
        Receives(
            "/hostile-template", "", "\"]]) os.exit(1) --[==[ \\\" \\\\ \u0001 é ]==] \") error(1) (\""),
        Gets("/endless-loop", "{}", 400, "bad request"),
        Gets("/endless-regex", null, 400, "bad request", ("x-in", new string('a', 60))),
        ReceivesHeader("/endless-regex", null, "x-e", "<aab>", ("x-in", "aab")),
        Gets("/missing-variable", "{}", 400, "bad request"),
        Receives("/merge-extractors", """{"a":1}""", """{"a":{"b":"}{"}}""", ("x-in", "}{")),
        Receives("/replace-all", "$1=1 %1=2 a=3", "$1=1 %1=2 3:a"),
        GetsHeader("/response-request-header", null, "x-who", "%DYNAMIC_METADATA(a)%",
            ("x-user", "%DYNAMIC_METADATA(a)%")),
    ];

    /// <summary>All of them.</summary>
    public static TransformationCase[] All { get; } = [.. Plain, .. Extractors, .. Others, .. Hostile];

    private static (string, string) Levels => ("host", "levels.example.com");
}
