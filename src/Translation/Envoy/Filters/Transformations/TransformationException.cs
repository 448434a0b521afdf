namespace Stagedoor.Translation.Envoy.Transformations;

/// <summary>A template or regular expression that cannot be compiled; the message is for the user.</summary>
internal sealed class TransformationException(string message) : Exception(message);
