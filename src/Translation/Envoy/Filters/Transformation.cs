using Envoy.Extensions.Filters.Http.HeaderMutation.V3;
using Envoy.Extensions.Filters.Http.Lua.V3;
using Google.Protobuf;
using Stagedoor.Translation.Envoy.Transformations;
using GlooStaged = Solo.Gloo.Options.Transformation.TransformationStages;
using Stages = System.Collections.Generic.Dictionary<
    Stagedoor.Translation.Envoy.Transformations.TransformationStage,
    Stagedoor.Translation.Envoy.Transformations.StageTransformations>;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// <c>transformations</c> and <c>stagedTransformations</c> of virtual hosts, routes and weighted destinations
/// (envoy-translation 9.8 and 11), done by stock Envoy: fixed headers by its header mutation, all else by Lua that is
/// compiled from the templates. Only the most specific place acts, with all of its stages.
/// </summary>
internal sealed class Transformation : HttpFeature
{
    private const string Fields = "transformations stagedTransformations";

    public override string VirtualHostFields => Fields;

    public override string RouteFields => Fields;

    public override string WeightedFields => Fields;

    public override void OnListener(FilterChainScope chain)
    {
        foreach (var stage in TransformationStage.All)
        {
            if (chain.IsUsed(stage.Lua))
                Add(chain, stage, stage.Lua, new Lua
                {
                    DefaultSourceCode = new EnvoyCore.DataSource { InlineString = TransformationScript.Runtime },
                    ClearRouteCache = false,
                });
            if (chain.IsUsed(stage.HeaderMutation))
                Add(chain, stage, stage.HeaderMutation, new HeaderMutation { Mutations = new Mutations() });
        }
    }

    public override void OnVirtualHost(VirtualHostScope host)
    {
        var options = host.Options;
        var stages = StageTransformations.Of(
            options.StagedTransformations, options.Transformations, host.View.Settings);
        Note(options.StagedTransformations, host.Problems);
        foreach (var (stage, input) in stages)
            if (Script(stage, input, host.Problems) is { } config)
                host.Configure(stage.Lua, config);
    }

    public override void OnRoute(RouteScope route)
    {
        var stages = Of(route);
        if (stages.Count == 0) return;
        Note(route.Options.StagedTransformations, route.Problems);
        var host = OfHost(route.Host);
        var isLast = !route.Destinations.Exists(destination => Of(destination).Count > 0);
        foreach (var (stage, input) in stages)
        {
            if (isLast && HeaderMutations.Of(input) is { } mutations)
            {
                route.Configure(stage.HeaderMutation, mutations);
                if (host.ContainsKey(stage)) route.Configure(stage.Lua, new LuaPerRoute { Disabled = true });
            }
            else if (Script(stage, input, route.Problems) is { } config) route.Configure(stage.Lua, config);
        }

        foreach (var stage in host.Keys)
            if (!stages.ContainsKey(stage))
                route.Configure(stage.Lua, new LuaPerRoute { Disabled = true });
    }

    public override void OnDestination(DestinationScope destination)
    {
        var stages = Of(destination);
        if (stages.Count == 0) return;
        var route = destination.Route;
        foreach (var (stage, input) in stages)
            if (Script(stage, input, route.Problems) is { } config)
                destination.Configure(stage.Lua, config);
        foreach (var stage in OfHost(route.Host).Keys.Concat(Of(route).Keys).Distinct())
            if (!stages.ContainsKey(stage))
                destination.Configure(stage.Lua, new LuaPerRoute { Disabled = true });
    }

    private static Stages OfHost(VirtualHostScope host) => StageTransformations.Of(
        host.Options.StagedTransformations, host.Options.Transformations, host.View.Settings);

    private static Stages Of(RouteScope route) => StageTransformations.Of(
        route.Options.StagedTransformations, route.Options.Transformations, route.Host.View.Settings);

    private static Stages Of(DestinationScope destination) => StageTransformations.Of(
        destination.Options.StagedTransformations, destination.Options.Transformations,
        destination.Route.Host.View.Settings);

    private static void Add(FilterChainScope chain, TransformationStage stage, string name, IMessage config)
    {
        if (stage == TransformationStage.PostRouting)
            chain.Upstream.Add(FilterSlot.During(FilterStage.Fault), name, Validation.AnyTypes.Pack(config));
        else if (stage == TransformationStage.Function)
            chain.Add(FilterSlot.Before(FilterStage.OutAuth), name, config);
        else
            chain.Add(
                FilterSlot.After(stage == TransformationStage.Early ? FilterStage.Fault : FilterStage.AuthZ), name,
                config);
    }

    private static LuaPerRoute? Script(TransformationStage stage, StageTransformations input, List<Problem> problems)
    {
        try
        {
            return new LuaPerRoute { FilterContext = TransformationScript.Compile(stage, input) };
        }
        catch (TransformationException e)
        {
            problems.Add(Problem.Error(
                EnvoyCodes.InvalidTransformation, $"stagedTransformations.{stage.Name}: {e.Message}"));
            return null;
        }
    }

    private static void Note(GlooStaged? staged, List<Problem> problems)
    {
        if (staged?.LogRequestResponseInfo == true)
            problems.Add(Problem.Warning(
                EnvoyCodes.UnsupportedOption,
                "stagedTransformations.logRequestResponseInfo is not possible with stock Envoy and was left out"));
    }
}
