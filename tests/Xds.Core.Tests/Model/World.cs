using Stagedoor.Xds.Tests.Support;

namespace Stagedoor.Xds.Tests.Model;

/// <summary>
/// A small proxy that changes at random: four clusters (static, EDS or slow), two listeners, two route configurations,
/// a secret. Contents with "bad" in them are rejected by the model client.
/// </summary>
internal sealed class World(Random random)
{
    private static readonly string[] ClusterNames = ["ca", "cb", "cc", "cd"];
    private readonly Dictionary<(XdsType, string), EncodedResource> _resources = [];
    private long _seq;
    private long _term = 1;

    public Snapshot? Last { get; private set; }

    /// <summary>The next generation, changed in a few resources; closed under references.</summary>
    public Snapshot Next(double bad)
    {
        if (_seq == 0) Fill();
        for (var changes = random.Next(1, 4); changes > 0; changes--) Change(bad);
        RepairReferences();
        if (_seq > 0 && random.Next(20) == 0) (_term, _seq) = (_term + 1, 0);
        return Last = Make.Snapshot(_term, ++_seq, [.. _resources.Values]);
    }

    private void Fill()
    {
        Put(Make.EdsCluster("ca"));
        Put(Make.Endpoints("ca"));
        Put(Make.Cluster("cb"));
        Put(Make.Listener("la"));
        Put(Make.Listener("lb"));
        Put(Make.Routes("ra", "v1 ca", "ca"));
        Put(Make.Routes("rb", "v1 cb", "cb"));
        Put(Make.Secret("s"));
    }

    private void Change(double bad)
    {
        switch (random.Next(10))
        {
            case <= 2:
                ChangeCluster(bad);
                break;
            case 3:
                Put(Make.Endpoints(Any(ClusterNames), Content(bad / 2)));
                break;
            case 4:
                Put(Make.Secret("s", Content(bad)));
                break;
            case <= 6:
                var listener = random.Next(2) == 0 ? "la" : "lb";
                if (random.Next(6) == 0) _resources.Remove((XdsType.Listener, listener));
                else Put(Refer(bad, (content, clusters) => Make.Listener(listener, content, clusters)));
                break;
            default:
                var routes = random.Next(2) == 0 ? "ra" : "rb";
                Put(Refer(bad, (content, clusters) => Make.Routes(routes, content, clusters)));
                break;
        }
    }

    private void ChangeCluster(double bad)
    {
        var name = Any(ClusterNames);
        switch (random.Next(4))
        {
            case 0:
                _resources.Remove((XdsType.Cluster, name));
                break;
            case 1:
                var slow = random.Next(2) == 0;
                Put(Make.Cluster(name, $"{Content(bad)}{(slow ? "-slow" : "-static")}", slow));
                break;
            default:
                Put(Make.EdsCluster(name, Content(bad)));
                break;
        }
    }

    private EncodedResource Refer(double bad, Func<string, string[], EncodedResource> make)
    {
        var clusters = ClusterNames.Where(_ => random.Next(2) == 0).ToArray();
        return make($"{Content(bad)} {string.Join(',', clusters)}", clusters);
    }

    // Every EDS cluster has an assignment, every cluster that is referred to exists; as translation guarantees.
    private void RepairReferences()
    {
        foreach (var name in _resources.Values.SelectMany(resource => resource.Refs.Clusters).Distinct().ToArray())
        {
            if (!_resources.ContainsKey((XdsType.Cluster, name))) Put(Make.EdsCluster(name, Content(0)));
        }

        foreach (var name in ClusterNames)
        {
            var isEds = _resources.TryGetValue((XdsType.Cluster, name), out var cluster)
                && !cluster.Refs.Assignments.IsEmpty;
            if (!isEds) _resources.Remove((XdsType.ClusterLoadAssignment, name));
            else if (!_resources.ContainsKey((XdsType.ClusterLoadAssignment, name)))
                Put(Make.Endpoints(name, Content(0)));
        }
    }

    private string Content(double bad) => $"{(random.NextDouble() < bad ? "bad" : "v")}{random.Next(3)}";

    private void Put(EncodedResource resource) => _resources[(resource.Type, resource.Name)] = resource;

    private string Any(string[] names) => names[random.Next(names.Length)];
}
