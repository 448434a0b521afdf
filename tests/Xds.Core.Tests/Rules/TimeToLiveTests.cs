using System.Buffers;
using Google.Protobuf;
using Shouldly;
using Stagedoor.Xds.Sessions;
using Stagedoor.Xds.Tests.Support;
using Stagedoor.Xds.Wire;
using Xunit;
using static Stagedoor.Xds.XdsType;

namespace Stagedoor.Xds.Tests.Rules;

public sealed class TimeToLiveTests
{
    private const uint TtlTag = (6 << 3) | 2;
    private const uint BodyTag = (2 << 3) | 2;

    [Fact]
    public void R27_a_time_to_live_is_told_only_to_those_who_announced_that_they_know_it()
    {
        Tags(Connect(supportsTtl: true).Get(ClusterLoadAssignment)).ShouldContain(TtlTag);
        Tags(Connect(supportsTtl: false).Get(ClusterLoadAssignment)).ShouldNotContain(TtlTag);
    }

    [Fact]
    public void R28_a_heartbeat_says_name_and_version_without_the_resource_and_comes_at_half_the_time()
    {
        var stream = Connect(supportsTtl: true);
        stream.GetAcked(ClusterLoadAssignment).ShouldBe("forever=v1 mortal=v1");
        stream.Silent();
        stream.Wait(4.9).Silent();
        stream.Session.WakeAt.ShouldBe(stream.Now + TimeSpan.FromSeconds(0.1));

        for (var beat = 0; beat < 3; beat++)
        {
            var response = stream.Wait(beat == 0 ? 0.1 : 5).Get(ClusterLoadAssignment);
            response.Resources.ShouldBeEmpty();
            response.Heartbeats.ShouldHaveSingleItem().Name.ShouldBe("mortal");
            Tags(response).ShouldContain(TtlTag);
            Tags(response).ShouldNotContain(BodyTag);
            stream.Ack(response).Silent();
        }

        stream.Session.TakeStatus()![ClusterLoadAssignment].Acknowledged.ShouldBe(new Generation(1, 1));
    }

    [Fact]
    public void A_changed_resource_goes_before_its_heartbeat()
    {
        var stream = Connect(supportsTtl: true);
        stream.GetAcked(ClusterLoadAssignment);
        stream.Silent();

        stream.Wait(6).Publish(Make.Snapshot(2, Make.Endpoints("forever"), Mortal("v2")));

        stream.GetAcked(ClusterLoadAssignment).ShouldBe("mortal=v2");
    }

    private static DeltaStream Connect(bool supportsTtl) =>
        new DeltaStream(supportsTtl: supportsTtl)
            .Publish(Make.Snapshot(1, Make.Endpoints("forever"), Mortal("v1")))
            .Subscribe(ClusterLoadAssignment, "forever", "mortal");

    private static EncodedResource Mortal(string content) => EncodedResource.FromBytes(
        ClusterLoadAssignment, "mortal", System.Text.Encoding.UTF8.GetBytes($"mortal={content}"), [],
        ResourceRefs.None, TimeSpan.FromSeconds(10));

    /// <summary>The tags of all fields of all resources, as they stand on the wire.</summary>
    private static List<uint> Tags(XdsResponse response)
    {
        var message = new ArrayBufferWriter<byte>();
        ResponseEncoding.WriteHead(message, response);
        foreach (var resource in response.Resources)
        {
            ResponseEncoding.WriteResourcePrefix(message, resource, response.IsDelta, response.WithTtl);
            message.Write(resource.Resource.Bytes.Span);
        }

        message.WrittenCount.ShouldBe(ResponseEncoding.Size(response));
        var tags = new List<uint>();
        var input = new CodedInputStream(message.WrittenSpan.ToArray());
        while (input.ReadTag() is var tag && tag != 0)
        {
            if (tag != ((2 << 3) | 2))
            {
                input.SkipLastField();
                continue;
            }

            var resource = new CodedInputStream(input.ReadBytes().ToByteArray());
            while (resource.ReadTag() is var field && field != 0)
            {
                tags.Add(field);
                resource.SkipLastField();
            }
        }

        return tags;
    }
}
