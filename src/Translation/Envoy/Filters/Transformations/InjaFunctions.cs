using System.Collections.Frozen;

namespace Stagedoor.Translation.Envoy.Transformations;

/// <summary>Functions of Inja 3.4 and of Gloo, with how many arguments they take (envoy-translation 11).</summary>
internal static class InjaFunctions
{
    public static readonly FrozenDictionary<string, (int Least, int Most)> Arity =
        new Dictionary<string, (int, int)>
        {
            ["default"] = (2, 2),
            ["exists"] = (1, 1),
            ["header"] = (1, 1),
            ["request_header"] = (1, 1),
            ["extraction"] = (1, 1),
            ["env"] = (1, 1),
            ["body"] = (0, 0),
            ["context"] = (0, 0),
            ["base64_encode"] = (1, 1),
            ["base64_decode"] = (1, 1),
            ["raw_string"] = (1, 1),
            ["substring"] = (2, 3),
            ["replace_with_random"] = (2, 2),
            ["replace"] = (3, 3),
            ["upper"] = (1, 1),
            ["lower"] = (1, 1),
            ["capitalize"] = (1, 1),
            ["length"] = (1, 1),
            ["first"] = (1, 1),
            ["last"] = (1, 1),
            ["join"] = (2, 2),
            ["range"] = (1, 1),
            ["sort"] = (1, 1),
            ["max"] = (1, 1),
            ["min"] = (1, 1),
            ["at"] = (2, 2),
            ["existsIn"] = (2, 2),
            ["odd"] = (1, 1),
            ["even"] = (1, 1),
            ["divisibleBy"] = (2, 2),
            ["round"] = (2, 2),
            ["int"] = (1, 1),
            ["float"] = (1, 1),
            ["isString"] = (1, 1),
            ["isBoolean"] = (1, 1),
            ["isNumber"] = (1, 1),
            ["isInteger"] = (1, 1),
            ["isFloat"] = (1, 1),
            ["isArray"] = (1, 1),
            ["isObject"] = (1, 1),
        }.ToFrozenDictionary(StringComparer.Ordinal);
}
