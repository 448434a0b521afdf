namespace Stagedoor.Translation.RouteCheck;

/// <summary>The headers of a request as routes see them: names in lower case, repeated ones in order.</summary>
internal sealed class RequestHeaders
{
    private readonly List<KeyValuePair<string, string>> _headers = [];

    /// <param name="request">The request.</param>
    /// <param name="host">Host as routes see it.</param>
    /// <param name="path">Path as routes see it.</param>
    public RequestHeaders(RouteRequest request, string host, string path)
    {
        Add(":method", request.Method);
        Add(":authority", host);
        Add(":path", path);
        Add(":scheme", request.Scheme);
        foreach (var (name, value) in request.Headers) Add(name, value.Trim(' ', '\t'));
    }

    private RequestHeaders(List<KeyValuePair<string, string>> headers) => _headers = [.. headers];

    /// <summary>All values of a header joined by commas; null if it is absent.</summary>
    public string? this[string name]
    {
        get
        {
            var values = Values(name).ToList();
            return values.Count == 0 ? null : string.Join(',', values);
        }
    }

    /// <summary>Everything but what begins with a colon.</summary>
    public IEnumerable<KeyValuePair<string, string>> All => _headers.Where(header => header.Key[0] != ':');

    /// <summary>A copy that can be changed by itself.</summary>
    public RequestHeaders Copy() => new(_headers);

    /// <summary>The values of a header in order.</summary>
    public IEnumerable<string> Values(string name)
    {
        var key = Lower(name);
        return _headers.Where(header => header.Key == key).Select(header => header.Value);
    }

    public void Add(string name, string value) => _headers.Add(new(Lower(name), value));

    public void Remove(string name)
    {
        var key = Lower(name);
        _headers.RemoveAll(header => header.Key == key);
    }

    public void Set(string name, string value)
    {
        Remove(name);
        Add(name, value);
    }

    // Header names are lower-case in Envoy.
#pragma warning disable CA1308
    private static string Lower(string name) => name.ToLowerInvariant();
#pragma warning restore CA1308
}
