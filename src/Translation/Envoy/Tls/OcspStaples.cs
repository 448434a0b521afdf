using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace Stagedoor.Translation.Envoy;

/// <summary>
/// OCSP responses as Envoy accepts them for stapling: successful, about one certificate, the right one.
/// </summary>
internal static class OcspStaples
{
    private const string BasicResponse = "1.3.6.1.5.5.7.48.1.1";

    /// <summary>Why the response cannot be stapled; null if it can.</summary>
    public static string? Problem(ReadOnlyMemory<byte> response, X509Certificate2 certificate)
    {
        try
        {
            return Read(response, certificate);
        }
        catch (AsnContentException)
        {
            return "the OCSP staple is not an OCSP response in DER";
        }
    }

    // RFC 6960, 4.2.1.
    private static string? Read(ReadOnlyMemory<byte> response, X509Certificate2 certificate)
    {
        var outer = new AsnReader(response, AsnEncodingRules.DER).ReadSequence();
        if (outer.ReadEnumeratedBytes().Span is not [0]) return "the OCSP staple is not a successful response";
        var bytes = outer.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).ReadSequence();
        if (bytes.ReadObjectIdentifier() != BasicResponse) return "the OCSP staple is not a basic OCSP response";
        var data = new AsnReader(bytes.ReadOctetString(), AsnEncodingRules.DER).ReadSequence().ReadSequence();

        // Version, responderID (one of two) and producedAt stand before the responses.
        while (data.PeekTag().TagClass == TagClass.ContextSpecific) data.ReadEncodedValue();
        data.ReadEncodedValue();
        var responses = data.ReadSequence();
        var single = responses.ReadSequence();
        if (responses.HasData) return "the OCSP staple is about more than one certificate";
        var id = single.ReadSequence();
        id.ReadEncodedValue();
        id.ReadEncodedValue();
        id.ReadEncodedValue();
        return id.ReadIntegerBytes().Span.SequenceEqual(certificate.SerialNumberBytes.Span)
            ? null
            : "the OCSP staple is about another certificate";
    }
}
