namespace Stagedoor.Translation;

/// <summary>What a regular expression is made of; the value is the greatest character.</summary>
internal enum Re2Alphabet
{
    /// <summary>Bytes, read as Latin-1: Envoy 1.40.</summary>
    Bytes = 0xFF,

    /// <summary>Characters in UTF-8: Envoy 1.36.</summary>
    Unicode = 0x10FFFF,
}
