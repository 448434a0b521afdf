using Shouldly;

namespace Stagedoor.Filters.Live.Tests;

/// <summary>One request to a route with transformations, and what must come of it.</summary>
/// <param name="Path">Below it are the routes of <c>config/transformations.yaml</c>.</param>
/// <param name="Body">Sent by POST; GET without.</param>
/// <param name="Check">What must be true of the answer.</param>
/// <param name="Headers">Of the request.</param>
internal sealed record TransformationCase(
    string Path, string? Body, Action<LiveAnswer> Check, params (string Name, string Value)[] Headers)
{
    /// <summary>The application must receive this body.</summary>
    public static TransformationCase Receives(
        string path, string? body, string expected, params (string Name, string Value)[] headers) =>
        new(path, body, answer => answer.EchoBody.ShouldBe(expected), headers);

    /// <summary>The application must receive this header, or not if it is null.</summary>
    public static TransformationCase ReceivesHeader(
        string path, string? body, string name, string? expected, params (string Name, string Value)[] headers) =>
        new(path, body, answer => answer.EchoHeader(name).ShouldBe(expected), headers);

    /// <summary>The client must get this status and body.</summary>
    public static TransformationCase Gets(
        string path, string? body, int status, string expected, params (string Name, string Value)[] headers) =>
        new(
            path, body,
            answer =>
            {
                answer.Body.ShouldBe(expected);
                answer.Status.ShouldBe(status);
            },
            headers);

    /// <summary>The client must get this header.</summary>
    public static TransformationCase GetsHeader(
        string path, string? body, string name, string expected, params (string Name, string Value)[] headers) =>
        new(path, body, answer => answer[name].ShouldBe(expected), headers);
}
