using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Stagedoor.Xds.Server.Security;

/// <summary>
/// Reads who a client is from its certificate: the URI and DNS names of its subject alternative name.
/// </summary>
internal static class PeerNames
{
    private const string SubjectAlternativeName = "2.5.29.17";
    private const int MaxNames = 100;

    private static readonly Asn1Tag Dns = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag Uri = new(TagClass.ContextSpecific, 6);

    /// <summary>The names; none if there are none or they cannot be read.</summary>
    public static IReadOnlyList<string> Of(X509Certificate2 certificate)
    {
        var extension = certificate.Extensions[SubjectAlternativeName];
        if (extension is null) return [];
        var names = new List<string>();
        try
        {
            var sequence = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
            while (sequence.HasData && names.Count < MaxNames)
            {
                var tag = sequence.PeekTag();
                if (tag.HasSameClassAndValue(Uri))
                    names.Add(sequence.ReadCharacterString(UniversalTagNumber.IA5String, Uri));
                else if (tag.HasSameClassAndValue(Dns))
                    names.Add(sequence.ReadCharacterString(UniversalTagNumber.IA5String, Dns).ToLowerInvariant());
                else
                    sequence.ReadEncodedValue();
            }
        }
        catch (Exception e) when (e is AsnContentException or CryptographicException)
        {
            return [];
        }

        return names;
    }
}
