export { type Schema } from "../../backend/amplify/data/resource";
